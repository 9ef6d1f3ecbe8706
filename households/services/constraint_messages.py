"""What the database refuses, said in the constraint's own words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction

from households.errors import Conflict


@contextmanager
def told_plainly(*model_classes: type[models.Model]) -> Iterator[None]:
    """Run the block in a savepoint; a broken constraint of these models becomes a Conflict with
    the constraint's message. What no named constraint explains goes on as IntegrityError."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        for model in model_classes:
            for constraint in model._meta.constraints:
                if constraint.name in str(error):
                    raise Conflict(str(constraint.get_violation_error_message())) from error
        raise
