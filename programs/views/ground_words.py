"""Why somebody is entitled, what is missing to say so, and what a ground gives, in sentences."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from households.choices import PovertyClass, SchoolLevel, Settlement
from households.scoring import Standard
from households.templatetags.povreg import day, number
from households.views.explanations import in_language
from programs.appraisal import Condition
from programs.appraisal.conditions import UNRECORDED, Age, Since
from programs.choices import AmountPer, Doubt
from programs.models import HousingCeiling, ProgrammeTerms
from programs.queries.entitlement import Ground

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """One thing that a ground gives, and whether somebody vouches for it."""

    field: str
    words: str
    doubt: str

    @property
    def doubt_words(self) -> str:
        return str(Doubt(self.doubt).label) if self.doubt else ""


def because(ground: Ground) -> list[str]:
    """A line for each condition that holds, with the fact behind it."""
    return [_TOLD[one.kind](one.value, facts) for one, facts in ground.because]


def missing(ground: Ground) -> list[str]:
    """A line for each condition of which nobody can say whether it holds."""
    return [_(_MISSING[one.kind]) for one, _facts in ground.because]


def missing_fact(kind: str) -> str:
    """What is not known where a condition of this kind (appraisal.FORMS) lacks its fact."""
    return _(_MISSING[kind])


def conditions(found: tuple[Condition, ...], standard: Standard | None) -> list[str]:
    """Whom a ground is for, a line for each condition."""
    return [_ASKED[one.kind](one.value, standard) for one in found]


def gives(terms: ProgrammeTerms, ceilings: Iterable[HousingCeiling] = ()) -> list[Given]:
    """What the terms give, in the order share, ceiling, amount, months, rate, loan months; then the
    `ceilings` of a house."""
    told = [
        Given(field, words, terms.doubts.get(field, "")) for field, words in _gives(terms) if words
    ]
    return told + [Given("ceilings", _of_a_house(one), one.doubt) for one in ceilings]


def _of_a_house(ceiling: HousingCeiling) -> str:
    line = ceiling.get_line_display() if ceiling.line else _("all public money")
    most = _("at most %(sum)s đồng") % {"sum": number(ceiling.ceiling_vnd)}
    return f"{ceiling.get_build_display()}, {line}: {most}"


def _gives(terms: ProgrammeTerms) -> Iterator[tuple[str, str]]:
    if terms.share_percent is not None:
        yield "share_percent", _("%(share)s%% borne") % {"share": number(terms.share_percent)}
    if terms.ceiling_vnd is not None:
        yield "ceiling_vnd", _("at most %(sum)s đồng") % {"sum": number(terms.ceiling_vnd)}
    if terms.amount_vnd is not None:
        words = _("%(sum)s đồng %(per)s") % {
            "sum": number(terms.amount_vnd),
            "per": AmountPer(terms.amount_per).label,
        }
        yield "amount_vnd", words
    if terms.months_most is not None:
        yield "months_most", _months(terms.months_most, _("at most %(months)s a year"))
    if terms.rate_percent_year is not None:
        rate = {"rate": number(terms.rate_percent_year)}
        yield "rate_percent_year", _("interest %(rate)s%% a year") % rate
    if terms.loan_months_most is not None:
        yield "loan_months_most", _months(terms.loan_months_most, _("for at most %(months)s"))


def _months(count: int, sentence: str) -> str:
    words = ngettext("%(count)d month", "%(count)d months", count) % {"count": count}
    return sentence % {"months": words}


def _labels(codes: tuple[str, ...], labels: Any) -> str:
    return ", ".join(str(labels(code).label) for code in codes)


def _age_words(value: Age) -> str:
    def years(months: int) -> str:
        if months % 12:
            return _months(months, "%(months)s")
        count = months // 12
        return ngettext("%(count)d year", "%(count)d years", count) % {"count": count}

    if value.under_months is None:
        return _("aged %(from)s or more") % {"from": years(value.from_months)}
    if not value.from_months:
        return _("under %(to)s old") % {"to": years(value.under_months)}
    both = {"from": years(value.from_months), "to": years(value.under_months)}
    return _("aged %(from)s to under %(to)s") % both


def _class_told(_value: tuple[str, ...], facts: Facts) -> str:
    words = {"class": PovertyClass(facts["poverty_class"]).label}
    if since := facts["listed_since"]:
        return _("%(class)s since %(day)s") % (words | {"day": day(since)})
    return str(words["class"])


def _yes(text: str) -> Callable[[Any, Any], str]:
    return lambda _value, _facts: _(text)


def _lacks_asked(value: tuple[str, ...], standard: Standard | None) -> str:
    names = {one.code: in_language(one.name) for one in standard.indicators} if standard else {}
    listed = ", ".join(names.get(code, code) for code in value)
    return _("lacking in one of: %(indicators)s") % {"indicators": listed}


_UNRECORDED: dict[str, str] = {
    "full_orphan": gettext_noop("both parents have died"),
    "worker_injury": gettext_noop("father or mother draws an allowance for an injury at work"),
}


def _unrecorded(value: tuple[str, ...]) -> str:
    return ", ".join(_(_UNRECORDED[one]) for one in value)


def unrecorded(terms: ProgrammeTerms) -> str:
    """What terms that ask for what the register does not hold ask for; "" of others."""
    return _unrecorded(tuple(terms.who.get(UNRECORDED, ())))


_TOLD: dict[str, Callable[[Any, Facts], str]] = {
    "class": _class_told,
    "newly_escaped": lambda _value, facts: (
        _("left the list on %(day)s") % {"day": day(facts["off_list_on"])}
    ),
    "minority": _yes(gettext_noop("of an ethnic minority")),
    "household_minority": _yes(gettext_noop("head or spouse of an ethnic minority")),
    "zone": lambda _value, facts: _("commune of zone %(zone)s") % {"zone": facts["zone"]},
    "left_zone": lambda _value, facts: (
        _("the commune left its zone on %(day)s") % {"day": day(facts["left_zone_on"])}
    ),
    "poor_district": _yes(gettext_noop("lives in a poor district")),
    "specially_difficult": _yes(gettext_noop("specially difficult commune or village")),
    "settlement": lambda value, _facts: _labels(value, Settlement),
    "age": lambda value, facts: (
        _("born on %(day)s, %(age)s") % {"day": day(facts["birth_date"]), "age": _age_words(value)}
    ),
    "attending": lambda _value, facts: (
        _("attends: %(level)s") % {"level": SchoolLevel(facts["attending"]).label}
    ),
    "social_allowance": _yes(gettext_noop("draws a monthly social allowance")),
    "merit": _yes(gettext_noop("person of merit to the revolution")),
    "disabled": _yes(gettext_noop("disabled person")),
    "able_to_work": _yes(gettext_noop("can work")),
    "no_labour": _yes(gettext_noop("household has nobody able to work")),
    "farm_household": _yes(gettext_noop("lives from farm, forest, fishery or salt")),
    UNRECORDED: lambda value, _facts: _unrecorded(value),
    "lacks": lambda _value, _facts: _("lacks what the programme answers"),
}

_MISSING: dict[str, str] = {
    "class": gettext_noop("the official list of the commune is not known for this day"),
    "newly_escaped": gettext_noop(
        "not enough data: the commune has not said that its lists are complete that far back"
    ),
    "minority": gettext_noop("the ethnic group is missing"),
    "household_minority": gettext_noop("the ethnic group of head and spouse is missing"),
    "zone": gettext_noop("the commune's zone is not known for this day"),
    "left_zone": gettext_noop("the commune's zone is not known for this day"),
    "poor_district": gettext_noop("no list of poor districts is known for this day"),
    "specially_difficult": gettext_noop("no list of specially difficult villages is known"),
    "settlement": gettext_noop("whether the village is urban or rural is not known"),
    "age": gettext_noop("the day of birth is not known exactly"),
    "attending": gettext_noop("no form says which school is attended"),
    "social_allowance": gettext_noop("no form says whether a social allowance is drawn"),
    "merit": gettext_noop("no form says whether there is merit"),
    "disabled": gettext_noop("no form says whether there is a disability"),
    "able_to_work": gettext_noop("no form says whether the person can work"),
    "no_labour": gettext_noop("no form says whether anybody can work"),
    "farm_household": gettext_noop("no form says whether it is a farm household"),
    UNRECORDED: gettext_noop("the register does not hold this fact"),
    "lacks": gettext_noop("no form says what the household lacks"),
}


def _same(text: str) -> Callable[[Any, Any], str]:
    return lambda _value, _standard: _(text)


def _since(sentence: str) -> Callable[[Since, Any], str]:
    return lambda value, _standard: _months(value.months, _(sentence))


_ASKED: dict[str, Callable[[Any, Standard | None], str]] = {
    "class": lambda value, _standard: _labels(value, PovertyClass),
    "newly_escaped": _since(gettext_noop("left the list at most %(months)s ago")),
    "minority": _same(gettext_noop("of an ethnic minority")),
    "household_minority": _same(gettext_noop("head or spouse of an ethnic minority")),
    "zone": lambda value, _standard: _("commune of zone %(zone)s") % {"zone": ", ".join(value)},
    "left_zone": _since(gettext_noop("the commune left its zone at most %(months)s ago")),
    "poor_district": _same(gettext_noop("lives in a poor district")),
    "specially_difficult": _same(gettext_noop("specially difficult commune or village")),
    "settlement": lambda value, _standard: _labels(value, Settlement),
    "age": lambda value, _standard: _age_words(value),
    "attending": lambda value, _standard: (
        _("attends: %(level)s") % {"level": _labels(value, SchoolLevel)}
    ),
    "social_allowance": _same(gettext_noop("draws a monthly social allowance")),
    "merit": _same(gettext_noop("person of merit to the revolution")),
    "disabled": _same(gettext_noop("disabled person")),
    "able_to_work": _same(gettext_noop("can work")),
    "no_labour": _same(gettext_noop("household has nobody able to work")),
    "farm_household": _same(gettext_noop("lives from farm, forest, fishery or salt")),
    UNRECORDED: lambda value, _standard: _unrecorded(value),
    "lacks": _lacks_asked,
}
