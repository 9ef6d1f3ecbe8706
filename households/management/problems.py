"""What is wrong with the rows of a file, on the command line."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from households.services.imports import Problems, RowProblem

#: (file as it was read, line) to (sheet as its sender calls it, line there)
Place = Callable[[str, int], tuple[str, int]]


def placed(problems: Problems, place: Place) -> Iterator[RowProblem]:
    """Each told in its sender's own sheet."""
    for one in problems:
        file, row = place(one.file, one.row)
        yield replace(one, file=file, row=row)


def write(to: OutputWrapper, title: str, problems: Problems, place: Place) -> None:
    """A line for each: "Hộ nghèo, row 12, cccd = 123: …"; nothing where there are none."""
    if len(problems):
        to.write(f"{title}:")
    for one in placed(problems, place):
        told = _("%(file)s, row %(row)s") % {"file": one.file, "row": one.row}
        if one.column:
            told += f", {one.column}"
        if one.value:
            told += f" = {one.value}"
        to.write(f"  {told}: {one.reason}")
