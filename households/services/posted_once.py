"""Once is once: a form that is sent twice, by a double click or a line that broke, acts once."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.errors import Conflict
from households.models import PostedOnce, User

_KEPT_FOR = timedelta(days=7)


@contextmanager
def once(token: str, *, by: User) -> Iterator[None]:
    """Run the block in one transaction with the token of its page; a page without one is not
    asked. Raises Conflict where the same page was carried out before, told by whom and when."""
    try:
        key = uuid.UUID(token)
    except ValueError:
        yield
        return
    with transaction.atomic():
        _claim(key, by)
        yield


def _claim(key: uuid.UUID, by: User) -> None:
    try:
        with transaction.atomic():
            PostedOnce.objects.create(token=key, by=by)
    except IntegrityError as double:
        first = PostedOnce.objects.select_related("by").get(token=key)
        when = timezone.localtime(first.at)
        raise Conflict(
            _("It was recorded already, by %(who)s at %(when)s.")
            % {"who": first.by, "when": f"{when:%H:%M %d/%m/%Y}"}
        ) from double


def forget_old() -> int:
    """Tokens of pages that nobody sends any more; how many."""
    return PostedOnce.objects.filter(at__lt=timezone.now() - _KEPT_FOR).delete()[0]
