"""One household's review entered as an object, by another system or a page that was filled offline.

The object is the exchange format as JSON: the columns of households.csv, and `members` with those
of members.csv. It goes the way of every import: the same reading, checks, writing and act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from households.errors import Invalid, Words
from households.exchange import household_object
from households.models import ApiToken, Assessment, Survey, User
from households.models.area_reach import branches_through_time
from households.scoring import Label
from households.services import standards
from households.services.imports.one_household import FILES, HouseholdResult, import_household
from households.services.imports.problems import RowProblem

_KEY: Final = "household_id"
_IN_ROW: Final = {name: is_member for is_member, name in enumerate(FILES)}


class Outcome(StrEnum):
    """What became of the household's review in the round."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Remark:
    """Something to correct or look at. `place` is "households.area", "members[2].sex" or
    "reason"; `words` of an error are said in whatever language they are read in."""

    place: str
    code: str
    words: Words


@dataclass(frozen=True)
class Verdict:
    """The result under one standard of the round, preliminary until the commune has decided.
    `poverty_class` as files write it ("near_poor"), None while facts are missing; indicators by
    code with their names."""

    standard: str
    poverty_class: str | None
    b1_points: int | None
    b2_points: int | None
    deprived: Mapping[str, Label]
    unknown: Mapping[str, Label]


@dataclass(frozen=True)
class Entry:
    """What was entered, or would be. With `errors` nothing was written, and nothing else is told
    but `round`; in a trial `survey` is told where it exists already."""

    is_written: bool
    round: str
    errors: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    outcome: Outcome | None = None
    survey: Survey | None = None
    verdicts: list[Verdict] = field(default_factory=list)


def enter(
    *,
    told: Mapping[str, Any],
    by: User,
    commit: bool = True,
    through: ApiToken | None = None,
) -> Entry:
    """Write the review of one household into its round, which is open, as `by`; without `commit`
    only say what would be. `through` is the token of the system that sent it: the act names it, and
    nothing is entered outside of its area.

    What is wrong with the object is told as `errors`, in every language; raises Invalid where it
    has no list of members at all, Conflict where somebody wrote the same household meanwhile.
    Cost: as an import of one row, twice with errors.
    """
    if not household_object.is_readable(told):
        words = _("Send one household with the list of its members.")
        raise Invalid(words, fields={household_object.MEMBERS: [words]})
    first = _attempt(told, by, through, commit=commit)
    if first.errors:
        return Entry(False, first.round, errors=_in_every_language(first, told, by, through))
    assert first.survey is not None
    outcome = Outcome.UPDATED if first.is_changed else Outcome.UNCHANGED
    is_known = commit or not first.is_new
    return Entry(
        is_written=commit,
        round=first.round,
        warnings=[Remark(_place(told, one), one.code, one.reason) for one in first.warnings],
        outcome=Outcome.CREATED if first.is_new else outcome,
        survey=first.survey if is_known else None,
        verdicts=[_verdict(one) for one in first.assessments],
    )


def _attempt(
    told: Mapping[str, Any], by: User, through: ApiToken | None, *, commit: bool
) -> HouseholdResult:
    """One import; that a reason is missing is an error like the others."""
    within = act_details = None
    if through is not None:
        client = through.client
        within = branches_through_time([client.area_id])[client.area_id]
        act_details = {"system": client.name, "api_client": client.pk, "api_token": through.prefix}
    try:
        return import_household(
            told=told, by=by, commit=commit, within=within, act_details=act_details
        )
    except Invalid as fault:
        found = [
            RowProblem("", 0, path, "", "reason_missing", str(words))
            for path, sentences in fault.fields.items()
            for words in sentences
        ]
        return HouseholdResult("", found, [])


def _in_every_language(
    first: HouseholdResult, told: Mapping[str, Any], by: User, through: ApiToken | None
) -> list[Remark]:
    """The checks say their sentences in the language that is on, so they are asked again."""
    spoken = {translation.get_language(): first.errors}
    for language, _name in settings.LANGUAGES:
        if language not in spoken:
            with translation.override(language):
                spoken[language] = _attempt(told, by, through, commit=False).errors
    words: dict[tuple[str, str], dict[str | None, str]] = {}
    for language, errors in spoken.items():
        for one in _without_inherited(told, errors):
            words.setdefault((_place(told, one), one.code), {})[language] = one.reason
    return [Remark(place, code, _spoken(told)) for (place, code), told in words.items()]


def _pick(words: Mapping[str | None, str]) -> str:
    return words.get(translation.get_language()) or next(iter(words.values()))


_spoken = lazy(_pick, str)


def _without_inherited(
    told: Mapping[str, Any], errors: Iterable[RowProblem]
) -> Iterable[RowProblem]:
    """What is wrong with the household's key is not told of each member that takes it from it."""
    says_it = any(_KEY in one for one in household_object.members_of(told))
    return (one for one in errors if says_it or (one.file, one.column) != (FILES[1], _KEY))


def _place(told: Mapping[str, Any], problem: RowProblem) -> str:
    if problem.file not in _IN_ROW:
        return problem.column
    is_member = bool(_IN_ROW[problem.file])
    return household_object.place_of(told, is_member, problem.row, problem.column)


def _verdict(found: Assessment) -> Verdict:
    indicators = standards.rules_of(found.standard).indicators

    def named(bits: int) -> dict[str, Label]:
        return {one.code: one.name for at, one in enumerate(indicators) if bits >> at & 1}

    return Verdict(
        standard=found.standard.code,
        poverty_class=found.poverty_class.lower() if found.poverty_class else None,
        b1_points=found.b1_points,
        b2_points=found.b2_points,
        deprived=named(found.deprived_bits & ~found.unknown_bits),
        unknown=named(found.unknown_bits),
    )
