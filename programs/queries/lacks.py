"""From lack to help: what listed households lack and want, beside the programmes that answer."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from households.models import Area, ListEntry
from programs.choices import ProgrammeKind
from programs.models import Benefit, Programme
from programs.queries.money import MoneyLeft, left_of_all
from programs.queries.positions import Position, indicators_of, positions, standards_of
from programs.workflow import SERVED_STATES


@dataclass(frozen=True)
class Answering:
    """A programme that answers a lack or a want, in one year, among the households concerned:
    times served (lượt) and distinct households. `money_left`: not promised yet, of the commune or
    of the nearest unit above it that has an allocation; None is "not entered"."""

    programme: Programme
    times: int
    households: int
    money_left: MoneyLeft | None


@dataclass
class Row:
    """One lack or want. `served` are the distinct households that got anything of what answers it;
    the rest got nothing this year. Of all of them `no_labour` have no labour
    capacity by the form: counted apart, for they are not expected to leave by their own work."""

    code: str
    name: str
    poor: int = 0
    near_poor: int = 0
    no_labour: int = 0
    served: int = 0
    answers: list[Answering] = field(default_factory=list)

    @property
    def all(self) -> int:
        return self.poor + self.near_poor

    @property
    def without(self) -> int:
        return self.all - self.served


@dataclass(frozen=True)
class Lacks:
    """Bases: `poor` and `near_poor` households on the official list on the day; of them
    `poor_known` and `near_poor_known` have a form of a decided round, on which the rows rest;
    `no_labour_known` of these have no labour capacity. The forms are of `forms_from` to `forms_to`;
    None without any. Only decided forms count, also while a round runs."""

    poor: int
    near_poor: int
    poor_known: int
    near_poor_known: int
    no_labour_known: int
    forms_from: dt.date | None
    forms_to: dt.date | None
    indicators: list[Row]
    wants: list[Row]


def of_communes(
    communes: Sequence[int], on: dt.date, year: int, *, language: str, area: Area | None
) -> Lacks:
    """Of the households listed on the day in the communes. `area`: whose money is
    told beside. Eight queries, whatever the area."""
    found = positions(communes, on)
    known = [one for one in found if one.survey_id]
    days = [one.as_of for one in known if one.as_of]
    lacking, names = _lacking(known, language)
    wanting: dict[str, list[Position]] = defaultdict(list)
    for one in known:
        for want in one.wants:
            wanting[want].append(one)
    programmes = list(Programme.objects.exclude(kind=ProgrammeKind.COMMUNICATION))
    served = _served(programmes, known, year)
    left = left_of_all(year, area, on) if area else {}
    labels = {
        code: en if language.startswith("en") else vi
        for code, vi, en in ListEntry.objects.filter(list_code="support_wanted").values_list(
            "code", "name_vi", "name_en"
        )
    }
    rows = [
        _row(code, names[code], lacking[code],
             [one for one in programmes if code in one.answers_indicators], served, left)
        for code in names
    ]  # fmt: skip
    wants = [
        _row(code, labels.get(code, code), wanting[code],
             [one for one in programmes if code in one.answers_wants], served, left)
        for code in (labels or wanting)
    ]  # fmt: skip
    return Lacks(
        poor=sum(one.poverty_class == "POOR" for one in found),
        near_poor=sum(one.poverty_class == "NEAR_POOR" for one in found),
        poor_known=sum(one.poverty_class == "POOR" for one in known),
        near_poor_known=sum(one.poverty_class == "NEAR_POOR" for one in known),
        no_labour_known=sum(one.no_labour for one in known),
        forms_from=min(days, default=None),
        forms_to=max(days, default=None),
        indicators=rows,
        wants=wants,
    )


def _lacking(
    known: Sequence[Position], language: str
) -> tuple[dict[str, list[Position]], dict[str, str]]:
    """By indicator, in the order of the newest standard; those of older ones follow."""
    standards = standards_of(known)
    newest_first = sorted(standards.items(), key=lambda one: one[1].valid_from, reverse=True)
    read = {pk: indicators_of(standard, language) for pk, standard in newest_first}
    names: dict[str, str] = {}
    for one in read.values():
        names |= {code: name for code, name in one.names.items() if code not in names}
    lacking: dict[str, list[Position]] = {code: [] for code in names}
    for position in known:
        if position.standard_id:
            for code in read[position.standard_id].lacking(position.deprived_bits):
                lacking[code].append(position)
    return lacking, names


Served = dict[int, dict[int, int]]


def _served(programmes: Iterable[Programme], known: Sequence[Position], year: int) -> Served:
    """{programme: {household: times served in the year}}."""
    rows = (
        Benefit.objects.filter(
            programme__in=list(programmes), served_on__year=year, state__in=sorted(SERVED_STATES),
            household__in=[one.household_id for one in known],
        )
        .order_by()
        .values_list("programme", "household")
        .annotate(times=Count("pk"))
    )  # fmt: skip
    found: Served = defaultdict(dict)
    for programme, household, times in rows:
        found[programme][household] = times
    return found


def _row(
    code: str,
    name: str,
    concerned: Sequence[Position],
    programmes: Sequence[Programme],
    served: Served,
    left: Mapping[int, MoneyLeft],
) -> Row:
    ids = {one.household_id for one in concerned}
    reached: set[int] = set()
    row = Row(
        code, name,
        poor=sum(one.poverty_class == "POOR" for one in concerned),
        near_poor=sum(one.poverty_class == "NEAR_POOR" for one in concerned),
        no_labour=sum(one.no_labour for one in concerned),
    )  # fmt: skip
    for programme in programmes:
        mine = {pk: times for pk, times in served.get(programme.pk, {}).items() if pk in ids}
        reached |= set(mine)
        row.answers.append(
            Answering(programme, sum(mine.values()), len(mine), left.get(programme.pk))
        )
    row.served = len(reached)
    return row
