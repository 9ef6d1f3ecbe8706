"""All of an import is written, or nothing of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from households.errors import Conflict


@contextmanager
def unless_changed_meanwhile() -> Iterator[None]:
    """What the register refuses now was right when it was checked: somebody else was quicker.
    Raises Conflict."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(
            _("The register changed while the files were read. Please import again.")
        ) from error


def end(temporary: str, *, is_written: bool) -> None:
    """Before the transaction ends: without the temporary tables (names, with commas), or, where
    nothing is to be written, without anything."""
    if is_written:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {temporary}")
    else:
        transaction.set_rollback(True)
