"""The procedure's terms in force on a day, and the calendar of working days."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from households import procedure, working_days
from households.models import ProcedureTerm, SpecialDay


@dataclass(frozen=True)
class Term:
    """One parameter with where it comes from. `valid_from` None: as shipped."""

    name: str
    value: Any
    unit: str
    name_vi: str
    name_en: str
    source: str
    is_confirmed: bool
    valid_from: dt.date | None = None
    #: What each number of a choice means, in Vietnamese and English.
    words_vi: tuple[str, ...] = ()
    words_en: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The value as officers write it."""
        if self.unit == "date":
            return f"{dt.date.fromisoformat(self.value):%d/%m/%Y}"
        if self.words_vi:
            words = self.words_en if get_language() == "en" else self.words_vi
            return words[int(self.value)]
        if self.unit == "codes":
            return ", ".join(self.value) or "–"
        return f"{self.value} %" if self.unit.startswith("percent") else str(self.value)


@dataclass(frozen=True)
class Terms:
    """All of them on one day."""

    by_name: dict[str, Term]

    def days(self, name: str) -> int:
        return int(self.by_name[name].value)

    def choice(self, name: str) -> int:
        return int(self.by_name[name].value)

    @property
    def meeting_share_percent(self) -> int:
        return int(self.by_name["meeting_share_percent"].value)

    @property
    def district_opinion_until(self) -> dt.date:
        """The last day on which a district was asked."""
        return dt.date.fromisoformat(self.by_name["district_opinion_until"].value)

    @property
    def local_minorities(self) -> list[str]:
        """Codes of the ethnic groups that the province counts as local; empty: not named."""
        return list(self.by_name["local_minorities"].value)

    @property
    def listed_minorities(self) -> list[str]:
        """Codes of the ethnic groups that tables by ethnic group list apart; empty: all."""
        return list(self.by_name["listed_minorities"].value)

    @property
    def unconfirmed(self) -> list[Term]:
        return [term for term in self.by_name.values() if not term.is_confirmed]


def in_force(on: dt.date) -> Terms:
    """What the department set last up to the day, else what is shipped. One query."""
    shipped = procedure.parameters()
    found = {name: _shipped(name, shipped[name]) for name in procedure.TERMS}
    for row in ProcedureTerm.objects.filter(valid_from__lte=on).order_by("valid_from"):
        if row.name in found:
            before = found[row.name]
            found[row.name] = Term(
                name=row.name,
                value=row.value,
                unit=before.unit,
                name_vi=before.name_vi,
                name_en=before.name_en,
                source=row.source,
                is_confirmed=True,
                valid_from=row.valid_from,
                words_vi=before.words_vi,
                words_en=before.words_en,
            )
    return Terms(found)


def _shipped(name: str, leaf: dict[str, Any]) -> Term:
    return Term(
        name=name,
        value=leaf["value"],
        unit=leaf["unit"],
        name_vi=leaf["name_vi"],
        name_en=leaf["name_en"],
        source=leaf["source"],
        is_confirmed=leaf["confirmed"],
        words_vi=tuple(leaf.get("words_vi", ())),
        words_en=tuple(leaf.get("words_en", ())),
    )


def special_days() -> working_days.SpecialDays:
    """Holidays and days worked to make up. One query of some hundred rows."""
    return dict(SpecialDay.objects.values_list("day", "is_working"))


def working_days_after(day: dt.date, number: int) -> dt.date:
    """The `number`-th working day after a day. One query."""
    return working_days.after(day, number, special_days())
