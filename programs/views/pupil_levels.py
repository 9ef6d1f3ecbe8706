"""Pupils served by school level, in words and as a sheet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from households.choices import SchoolLevel
from households.exchange.sheets import Part
from programs.queries.pupils import AtLevel
from programs.views import money_grounds

Told = list[tuple[str, AtLevel]]


def told(levels: Iterable[AtLevel]) -> Told:
    """Each level in words, in the order given."""
    return [
        (str(SchoolLevel(one.level).label) if one.level else _("Level not stated"), one)
        for one in levels
    ]


def part(levels: Iterable[AtLevel]) -> Part:
    """The same as a sheet."""
    return money_grounds.counted_part(_("By school level"), _("School level"), told(levels))
