"""A pair in words: why the two are alike, and both sides field by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from households import clock, policies
from households.choices import BirthPrecision, PovertyClass, Relation
from households.likeness import households as of_households
from households.likeness import names, persons
from households.models import DuplicatePair, StatusPeriod, User
from households.models.personal_id import mask_personal_id
from households.queries import duplicate_sides
from households.queries.duplicate_sides import Side
from households.services.people import initials
from households.templatetags.povreg import day

REASONS: Final[Mapping[str, Promise]] = {
    names.SAME: gettext_lazy("same name"),
    names.NO_ACCENTS: gettext_lazy("same name, once without accents"),
    names.ORDER: gettext_lazy("same name in another order"),
    names.SPELLING: gettext_lazy("names that sound the same (Sùng, Xùng)"),
    names.OTHER_ACCENTS: gettext_lazy("names that differ in accents alone"),
    names.LETTER: gettext_lazy("names that differ in one letter"),
    names.SHORTER: gettext_lazy("one name without its middle word"),
    persons.BIRTH_SAME: gettext_lazy("same birth date"),
    persons.BIRTH_SWAPPED: gettext_lazy("day and month of birth the other way round"),
    persons.BIRTH_YEAR: gettext_lazy("same birth year, the day is known of one at most"),
    persons.BIRTH_UNKNOWN: gettext_lazy("one birth date is not known"),
    persons.BIRTH_OTHER: gettext_lazy("other birth dates"),
    persons.NUMBER_SAME: gettext_lazy("same personal number"),
    persons.NUMBER_NEAR: gettext_lazy("personal numbers that differ in one place"),
    persons.NUMBER_OTHER: gettext_lazy("other personal numbers"),
    persons.OLD_NUMBER_SAME: gettext_lazy("same 9-digit number of an old card"),
    persons.OLD_NUMBER_NEAR: gettext_lazy("old 9-digit numbers that differ in one place"),
    persons.SEX_OTHER: gettext_lazy("not the same sex"),
    persons.IN_HOUSEHOLD: gettext_lazy("in one household"),
    persons.IN_VILLAGE: gettext_lazy("in one village"),
    persons.IN_COMMUNE: gettext_lazy("in one commune"),
    persons.NAME_RARE: gettext_lazy("a name that hardly anybody else has"),
    persons.NAME_COMMON: gettext_lazy("a name that many have"),
    persons.MEMBERS_ALIKE: gettext_lazy("other members of the households are alike too"),
    of_households.ALL_MEMBERS: gettext_lazy("all members of one are members of the other"),
    of_households.MOST_MEMBERS: gettext_lazy("most members of one are members of the other"),
    of_households.HEADS_ALIKE: gettext_lazy("same head"),
    of_households.MOVED: gettext_lazy("in two communes: it may have moved"),
}
FACTS: Final[Mapping[str, Promise]] = {
    "full_name": gettext_lazy("Full name"),
    "sex": gettext_lazy("Sex"),
    "birth_date": gettext_lazy("Birth date"),
    "ethnic_group": gettext_lazy("Ethnic group"),
    "personal_id": gettext_lazy("Personal number"),
    "old_number": gettext_lazy("Old 9-digit number"),
    "phone": gettext_lazy("Phone"),
    "walking_no": gettext_lazy("Place on the walk"),
}


@dataclass(frozen=True)
class Told:
    """A side as the user may know it: in full, or initials and commune."""

    key: str
    name: str
    place: str
    household_pk: int | None


@dataclass(frozen=True)
class FactRow:
    """One line of the comparison. `name` is the form's field; "" for what is not chosen."""

    label: str
    a: str
    b: str
    differs: bool
    name: str = ""
    chosen: str = ""
    errors: Sequence[str] = field(default_factory=list)


def reasons(pair: DuplicatePair) -> list[str]:
    return [str(REASONS[code]) for code in pair.reasons if code in REASONS]


def told(user: User, side: Side) -> Told:
    """No query."""
    card = side.household.card
    name = side.person.full_name if side.person else card.head_name or card.code
    if policies.sees_side(user, side.village):
        place = f"{side.village.name}, {side.commune.name}"
        return Told(side.key, name, place, side.household.pk)
    return Told(side.key, initials(name), side.commune.name, None)


def compared(pair: DuplicatePair, sides: tuple[Side, Side], form: Any) -> list[FactRow]:
    """Field by field: what one may choose, then what only helps to know. Two queries."""
    a, b = sides
    names = duplicate_sides.facts_of(pair)
    open_ones = duplicate_sides.differing(a, b, names)
    rows = [
        FactRow(
            str(FACTS[name]),
            _shown(a, name),
            _shown(b, name),
            _shown(a, name) != _shown(b, name),
            name if name in open_ones else "",
            str(form[name].value() or "") if name in open_ones else "",
            form.errors.get(name, []) if name in open_ones else [],
        )
        for name in names
        if a.knows(name) or b.knows(name)
    ]
    for label, of_side in _KNOWN.items():
        texts = of_side(a), of_side(b)
        if any(texts):
            rows.append(FactRow(str(label), *texts, differs=False))
    return rows


def better(a: Side, b: Side, name: str) -> str:
    """The side that is chosen to begin with: what says more."""
    if name == "birth_date" and a.person and b.person:
        return "b" if a.person.birth_precision == BirthPrecision.YEAR else "a"
    if name == "full_name":
        first, second = str(a.fact(name)[0]), str(b.fact(name)[0])
        return "b" if first.isascii() and not second.isascii() else "a"
    return "a"


def _shown(side: Side, name: str) -> str:
    value = side.fact(name)[0]
    if value in (None, ""):
        return ""
    if side.person is None:
        return str(value)
    if name in ("personal_id", "old_number"):
        return mask_personal_id(str(value))
    if name == "birth_date":
        is_year = side.person.birth_precision == BirthPrecision.YEAR
        return str(value.year) if is_year else day(value)
    if name == "sex":
        return str(side.person.get_sex_display())
    return str(side.person.ethnic_group) if name == "ethnic_group" else str(value)


def _relation(side: Side) -> str:
    return str(Relation(side.membership.relation).label) if side.membership else ""


def _members(side: Side) -> str:
    others = [one for one in side.members if not side.person or one.person_id != side.person.pk]
    return ", ".join(
        f"{one.person.full_name} ({one.person.birth_date.year})"
        if one.person.birth_date
        else one.person.full_name
        for one in others
    )


def _on_list(side: Side) -> str:
    found = StatusPeriod.objects.on(clock.today()).filter(
        household=side.household, list_owner__isnull=True
    )
    period = found.first()
    if period is None:
        return _("on no list")
    label = str(PovertyClass(period.poverty_class).label)
    return _("%(class)s since %(day)s") % {"class": label, "day": day(period.valid_from)}


_KNOWN: Final[Mapping[Promise, Callable[[Side], str]]] = {
    gettext_lazy("Relation"): _relation,
    pgettext_lazy("pair", "Others in the household"): lambda side: (
        _members(side) if side.person else ""
    ),
    pgettext_lazy("pair", "Members"): lambda side: "" if side.person else _members(side),
    gettext_lazy("Official list"): _on_list,
}
