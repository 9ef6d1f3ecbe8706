"""What a programme gave by the ground that held, and by what lists say of persons outside."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from households.exchange.sheets import Cell, Head, Part
from programs.models import ProgrammeTerms
from programs.models.programmes import in_language
from programs.queries.progress import Progress
from programs.queries.pupils import AtLevel
from programs.queries.totals import Total


def told(row: Progress) -> list[tuple[str, Total]]:
    """Each ground in words with its total, those of the register first. One query."""
    names = {
        one.ground: in_language(one.name_vi, one.name_en)
        for one in ProgrammeTerms.objects.filter(programme=row.programme).order_by("valid_from")
    }
    order = sorted(row.grounds, key=lambda one: (one.ground == "", bool(one.stated), -one.times))
    return [(_words(one, names), one) for one in order]


def _words(one: Total, names: dict[str, str]) -> str:
    if one.ground:
        return names.get(one.ground, one.ground)
    if one.stated:
        return _("Outside the register, as stated: %(ground)s") % {"ground": one.stated}
    return _("No ground known to povreg, none stated")


def part(row: Progress) -> Part:
    """The same as a sheet."""
    return counted_part(_("By ground"), _("Ground"), told(row))


def counted_part(title: str, first: str, told: Sequence[tuple[str, Total | AtLevel]]) -> Part:
    """What was given, a row for each of what `first` heads."""
    heads = [
        Head(first, width=52),
        Head(_("Times served"), Cell.WHOLE, 16),
        Head(_("Distinct households"), Cell.WHOLE, 18),
        Head(_("Distinct persons of the register"), Cell.WHOLE, 18),
        Head(_("Persons outside the register"), Cell.WHOLE, 18),
        Head(_("Amounts of recorded benefits (VND)"), Cell.WHOLE, 20),
        Head(_("Times without an amount"), Cell.WHOLE, 16),
    ]
    rows = [
        [
            words, one.times, one.households, one.persons, one.outside, one.amount_vnd,
            one.without_amount,
        ]
        for words, one in told
    ]  # fmt: skip
    return Part(title, heads, rows, len(rows))
