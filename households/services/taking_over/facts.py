"""What the signed decision of a list says, typed before its sheet is read, and whether it can be
taken over at all."""

import datetime as dt
from dataclasses import astuple, dataclass

from django.utils.translation import gettext as _

from households import clock, policies, procedure
from households.choices import AreaLevel, DecisionOrigin, PovertyClass
from households.errors import Invalid, Refused, Words
from households.models import (
    Area,
    PovertyStandard,
    RecognitionDecision,
    ReviewRound,
    Survey,
    User,
)
from households.models.area_reach import made_of
from households.queries import area_times
from households.services import list_order, list_rules, rounds, standards
from households.services.deciding_standards import decided_under
from households.services.lists import Paper

_MOST_HOUSEHOLDS = 1_000_000
_A_YEAR = dt.timedelta(days=366)


@dataclass(frozen=True)
class Totals:
    """Households and persons of a list; persons None: not told."""

    poor_households: int
    near_poor_households: int
    poor_persons: int | None = None
    near_poor_persons: int | None = None

    @property
    def only_class(self) -> str | None:
        """The class of all households where the paper has none of the other."""
        if not self.near_poor_households:
            return str(PovertyClass.POOR)
        return None if self.poor_households else str(PovertyClass.NEAR_POOR)

    def differ(self, found: "Totals") -> bool:
        """Whether a total of the paper (self) is not what was found."""
        pairs = zip(astuple(self), astuple(found), strict=True)
        return any(stated is not None and stated != one for stated, one in pairs)


@dataclass(frozen=True)
class ListFacts:
    """`year`: of the periodic review behind the decision. `standard` None: the review's own, else
    the one in force when it began. `of_escapes`: the paper says only who left the lists, from
    `effective_from` on, and the totals are of the classes that they left."""

    commune: Area
    year: int
    paper: Paper
    effective_from: dt.date
    totals: Totals
    standard: PovertyStandard | None = None
    of_escapes: bool = False

    @property
    def last_day(self) -> dt.date:
        """Of the lists before."""
        return self.effective_from - dt.timedelta(days=1)


@dataclass(frozen=True)
class Target:
    """Where a list goes: `round` is None where it is still to be made, closed as it is past."""

    province: Area
    round: ReviewRound | None
    standard: PovertyStandard


def target_of(facts: ListFacts, by: User) -> Target:
    """Raises Refused (no right; decided already, or later; reviewed in povreg) and Invalid with the
    fields that do not fit together. Some twelve queries."""
    if reason := policies.why_not_take_over_list(by, facts.commune):
        raise Refused(reason)
    if faults := _faults(facts):
        raise Invalid(_("The list cannot be taken over yet."), fields=faults)
    province = _province_of(facts.commune)
    round = rounds.find(province=province, key=str(facts.year))
    standard = _standard_of(facts, round)
    if facts.of_escapes:
        _check_escapes(facts, round)
    elif reason := _why_not_of_commune(facts, round, standard):
        raise Refused(reason)
    else:
        _check_closing(facts, round, standard)
    return Target(province, round, standard)


def _faults(facts: ListFacts) -> dict[str, list[Words]]:
    faults: dict[str, list[Words]] = {}
    paper, today = facts.paper, clock.today()
    if not paper.number.strip():
        faults["number"] = [_("The number of the decision is missing.")]
    if not paper.decided_by.strip():
        faults["decided_by"] = [_("Write who led or signed it.")]
    if paper.decided_on > today:
        faults["decided_on"] = [_("This day is still to come.")]
    if facts.year not in (paper.decided_on.year, paper.decided_on.year - 1):
        faults["year"] = [_("The decision is of the year of the review or the next.")]
    if abs(facts.effective_from - paper.decided_on) > _A_YEAR:
        faults["effective_from"] = [_("A list counts from a day within a year of its decision.")]
    elif not facts.commune.is_valid_on(facts.effective_from):
        faults["effective_from"] = [_not_there(facts.commune, facts.effective_from)]
    elif area_times.is_whole_in(facts.commune, today) is None:
        faults["commune"] = [
            _("%(commune)s was split: no commune of today has all of its households.")
            % {"commune": facts.commune.name}
        ]
    for name, total in vars(facts.totals).items():
        if total is not None and not 0 <= total <= _MOST_HOUSEHOLDS:
            faults[name] = [_("A total is not below zero.")]
    return faults


def _not_there(commune: Area, day: dt.date) -> str:
    """That the commune was not on the map on the day, with those that were: whose list it is."""
    there = area_times.standing_for(commune, day)
    told = {"commune": commune.name, "day": f"{day:%d/%m/%Y}",
            "units": ", ".join(f"{one.name} ({one.code})" for one in there)}  # fmt: skip
    if not there:
        return _("%(commune)s was not there on %(day)s.") % told
    return _("%(commune)s was not there on %(day)s; choose the commune of then: %(units)s.") % told


def _province_of(commune: Area) -> Area:
    above = commune.parent
    while above is not None and above.level != AreaLevel.PROVINCE:
        above = above.parent
    if above is None:
        raise Refused(_("The commune does not lie in this province."))
    return above


def _standard_of(facts: ListFacts, round: ReviewRound | None) -> PovertyStandard:
    if round is None:
        first_day, _last_day = procedure.periodic_dates(facts.year)
        found = facts.standard or standards.in_force(first_day)
        if found is None:
            told = _("No poverty standard is in force on this day; name one.")
            raise Invalid(told, fields={"standard": [told]})
        return found
    known = rounds.scored_under(round)
    if facts.standard is None:
        return decided_under(round)[-1]
    if facts.standard not in known:
        told = _("The round %(round)s is scored under %(standards)s, not under %(wanted)s.") % {
            "round": round.key,
            "standards": ", ".join(one.code for one in known),
            "wanted": facts.standard.code,
        }
        raise Invalid(told, fields={"standard": [told]})
    return facts.standard


def _check_closing(facts: ListFacts, round: ReviewRound | None, standard: PovertyStandard) -> None:
    """Invalid where the closing list of a double review would not end before the opening one."""
    if round is None or list_order.opens_after(standard, round) is None:
        return
    day = list_rules.counts_from(standard, round, facts.paper.decided_on)
    if facts.effective_from > day:
        told = _("The list that closes the period before counts on %(day)s at the latest.") % {
            "day": f"{day:%d/%m/%Y}"
        }
        raise Invalid(told, fields={"effective_from": [told]})


def _check_escapes(facts: ListFacts, round: ReviewRound | None) -> None:
    """Refused where the same paper is there. Lists of later days stand as they are: who escaped
    before them comes in beside them."""
    there = RecognitionDecision.objects.filter(
        commune=facts.commune, round=round, origin=DecisionOrigin.ESCAPES,
        number=facts.paper.number.strip(),
    )  # fmt: skip
    if round is not None and there.exists():
        raise Refused(
            _("The escapes of decision %(number)s are in povreg already.")
            % {"number": facts.paper.number.strip()}
        )


def list_before(facts: ListFacts) -> RecognitionDecision | None:
    """The newest list of the commune, or of what it was made of, in force before the paper. Two
    queries."""
    decided = RecognitionDecision.objects.on_lists().filter(
        commune__in=made_of(facts.commune), effective_from__lte=facts.last_day
    )
    found: RecognitionDecision | None = decided.order_by("-effective_from").first()
    return found


def _why_not_of_commune(
    facts: ListFacts, round: ReviewRound | None, standard: PovertyStandard
) -> str | None:
    """A list is taken over before any later one: what came after it would have to be undone."""
    course = {*made_of(facts.commune).values_list("pk", flat=True),
              *area_times.went_into(facts.commune)}  # fmt: skip
    decided = RecognitionDecision.objects.on_lists().filter(commune__in=course)
    later = decided.filter(effective_from__gte=facts.effective_from)
    found = later.order_by("-effective_from").first()
    if found is None and round is not None:
        closing = list_order.closes_before(standard, round)
        found = decided.filter(round=round).exclude(standard=closing).first()
    if found is not None:
        return _(
            "povreg has the list of decision %(number)s, in force from %(day)s. A list of before is"
            " taken over before it, the oldest first."
        ) % {"number": found.number, "day": f"{found.effective_from:%d/%m/%Y}"}
    if round and Survey.objects.filter(round=round, commune=facts.commune).exists():
        return _(
            "The commune has forms of the review %(round)s in povreg; its list is decided there."
        ) % {"round": round.key}
    if round:
        return list_order.why_not_yet(round, standard, facts.commune)
    return None
