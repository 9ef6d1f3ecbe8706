"""What an ordered file holds, written by its kind as it would be while one waits."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from households import policies
from households.choices.ordered_files import OrderedForm, OrderedKind
from households.errors import Refused
from households.exchange import layout_rows, review_files, sheets
from households.exchange.sheets import Part
from households.models import Area, OrderedFile, OutputLayout, ReviewRound
from households.policies import Reason
from households.services import household_lists, layouts, review_exports

Watched = Callable[[Iterable[Any]], Iterator[Any]]
Writer = Callable[[OrderedFile, Path, Watched], None]
#: Writers of kinds whose words are not known here: those of papers.
Writers = Mapping[OrderedKind, Writer]


def write(ordered: OrderedFile, path: Path, watched: Watched, more: Writers) -> None:
    """Write it to `path` with the rights that who ordered it has now; rows pass through `watched`.
    `more`: writers of other kinds. Raises Refused, and what the writing of its kind raises."""
    if reason := why_not_any_more(ordered):
        raise Refused(reason)
    {**_WRITERS, **more}[OrderedKind(ordered.kind)](ordered, path, watched)


def why_not_any_more(ordered: OrderedFile) -> Reason:
    """Why who ordered it may not have it now: his rights may have changed since."""
    by, wanted = ordered.ordered_by, ordered.wanted
    if ordered.kind == OrderedKind.HOUSEHOLDS:
        return policies.why_not_read_households(by)
    area = Area.objects.get(pk=wanted["area"])
    if ordered.kind == OrderedKind.REVIEW:
        return policies.why_not_export_review(by, area)
    if not policies.rights(by).holds(policies.READS_HOUSEHOLDS, area):
        return _("This area is not yours.")
    if ordered.kind == OrderedKind.PAPERS:
        return None
    return policies.why_not_take_out_numbers(by, area) if wanted["numbers"] else None


def _review(ordered: OrderedFile, path: Path, watched: Watched) -> None:
    wanted = ordered.wanted
    round = ReviewRound.objects.select_related("province").get(pk=wanted["round"])
    scope = review_exports.scope_of(round=round, area=Area.objects.get(pk=wanted["area"]))
    write_file = (
        review_files.write_workbook if ordered.form == OrderedForm.XLSX else review_files.write_zip
    )
    write_file(path, scope, with_numbers=wanted["numbers"], watched=watched)


def _layout(ordered: OrderedFile, path: Path, watched: Watched) -> None:
    wanted = ordered.wanted
    layout = OutputLayout.objects.select_related("province").filter(pk=wanted["layout"]).first()
    if layout is None:
        raise Refused(_("The layout is there no more."))
    area = Area.objects.get(pk=wanted["area"])
    taken = layouts.taking(layout=layout, area=area, by=ordered.ordered_by)
    taken = replace(taken, with_numbers=wanted["numbers"])
    heads = layout_rows.heads(taken.columns)
    part = Part(layout.name, heads, watched(layout_rows.rows(taken)), count=ordered.rows)
    _write_part(ordered, path, part)


def _households(ordered: OrderedFile, path: Path, watched: Watched) -> None:
    wanted = ordered.wanted
    cards, order = household_lists.cards_of(wanted, ordered.ordered_by)
    part = household_lists.part(cards, order, cards.count(), wanted["foot"])
    _write_part(ordered, path, replace(part, rows=watched(part.rows)))


def _write_part(ordered: OrderedFile, path: Path, part: Part) -> None:
    if ordered.form == OrderedForm.XLSX:
        sheets.write_xlsx(path, [part])
        return
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(sheets.part_lines(part))


_WRITERS: dict[OrderedKind, Writer] = {
    OrderedKind.REVIEW: _review,
    OrderedKind.LAYOUT: _layout,
    OrderedKind.HOUSEHOLDS: _households,
}
