"""What a standard says, in sentences: values with unit, readings, rules of the class."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from households.choices import Employment, PovertyClass, SchoolLevel
from households.models import SurveyMember
from households.scoring import Indicator, Label, Standard
from households.scoring.member_tests import AllOf, AnyOf, Because, FlagIs, MemberTest
from households.scoring.readings import (
    AnyMember,
    CountOfFacts,
    EveryReading,
    NoMember,
    NoneOfFacts,
    Reading,
    ShareOfMembers,
    Threshold,
    Unanswerable,
)
from households.scoring.standard_parts import ClassRule
from households.services.confirmations import Value
from households.templatetags.povreg import number
from households.views.explanations import fact_name, in_language

#: Units of the shipped documents; a test sees that none is missing here.
UNITS = frozenset(
    {
        gettext_noop("VND per person and month"),
        gettext_noop("points"),
        gettext_noop("completed years"),
        "completed years, or no_limit",
        "rule",
        "school level",
        "limit included",
        "employment codes",
        "counts too",
        gettext_noop("indicators"),
        "month-day of the year after the review",
        gettext_noop("months"),
        gettext_noop("of wall, column, roof"),
        gettext_noop("m² per member"),
        "true: under, false: at or under",
        "true: more than, false: at least",
        gettext_noop("per cent of members"),
        "year of birth",
    }
)
#: Units that only say what kind of value it is; the value speaks for itself.
_SILENT_UNITS = frozenset({"rule", "school level", "employment codes", "year of birth"})
_CODES: Mapping[str, str] = {
    "WITHIN_STANDARD": gettext_noop("within the standard's period"),
    "HEAD": gettext_noop("the head"),
    "HEAD_OR_SPOUSE": gettext_noop("the head or the spouse"),
    "AS_RECORDED": gettext_noop("as recorded on the form"),
    "no_limit": gettext_noop("no limit"),
}
_FLAG_UNITS: Mapping[str, tuple[str, str]] = {
    "true: under, false: at or under": (gettext_noop("under"), gettext_noop("at or under")),
    "true: more than, false: at least": (gettext_noop("more than"), gettext_noop("at least")),
    "limit included": (gettext_noop("limit included"), gettext_noop("limit not included")),
    "counts too": (gettext_noop("also without it"), gettext_noop("only with it")),
}


def value_in_words(value: Value, unit: str) -> str:
    """1.500.000 đồng/người/tháng; a level or rule by its name; yes and no by what they mean."""
    if unit == "month-day of the year after the review":
        month, __, day = str(value).partition("-")
        return _("%(day)s of the year after the review") % {"day": f"{day}/{month}"}
    if isinstance(value, bool):
        return _(_FLAG_UNITS[unit][not value]) if unit in _FLAG_UNITS else yes_no(value)
    if isinstance(value, tuple):
        return ", ".join(_code_in_words(code) for code in value)
    if isinstance(value, int):
        written = str(value) if unit == "year of birth" else number(value)
    elif value.replace(".", "", 1).isdigit():
        written = number(Decimal(value))
    else:
        written = _code_in_words(value)
    said_unit = "" if not unit or unit in _SILENT_UNITS else _unit(value, unit)
    return f"{written} {said_unit}".strip()


def _unit(value: Value, unit: str) -> str:
    if unit == "completed years, or no_limit":
        return "" if value == "no_limit" else _("completed years")
    return _(unit)


def yes_no(value: bool) -> str:
    return pgettext("answer", "yes") if value else pgettext("answer", "no")


def _code_in_words(code: str) -> str:
    if code in SchoolLevel.values:
        return str(SchoolLevel(code).label)
    if code in Employment.values:
        return str(Employment(code).label)
    if code in PovertyClass.values:
        return str(PovertyClass(code).label)
    return _(_CODES[code]) if code in _CODES else code


def indicator_in_words(indicator: Indicator) -> str:
    """When a household is deprived in it, as the declared reading says."""
    return _reading(indicator, indicator.reading)


def _reading(indicator: Indicator, reading: Reading) -> str:
    return _FORMS[type(reading)](indicator, reading)


def _any_member(indicator: Indicator, reading: AnyMember) -> str:
    return _("At least one member: %(causes)s.") % {"causes": _causes(indicator, reading.test)}


def _no_member(indicator: Indicator, reading: NoMember) -> str:
    return _("No member has “yes” at: %(facts)s.") % {"facts": _causes(indicator, reading.test)}


def _share(indicator: Indicator, reading: ShareOfMembers) -> str:
    words = (
        _("More than %(percent)s%% of the members are: %(causes)s.")
        if reading.strict
        else _("At least %(percent)s%% of the members are: %(causes)s.")
    )
    return words % {
        "percent": number(reading.percent),
        "causes": _causes(indicator, reading.test),
    }


def _threshold(indicator: Indicator, reading: Threshold) -> str:
    words = (
        _("%(fact)s per member is under %(limit)s.")
        if reading.strict
        else _("%(fact)s per member is at most %(limit)s.")
    )
    return words % {"fact": fact_name(reading.fact), "limit": number(reading.limit)}


def _count(indicator: Indicator, reading: CountOfFacts) -> str:
    facts = ", ".join(fact_name(fact) for fact in reading.facts)
    if len(reading.facts) == 1:
        words = _("The answer to “%(facts)s” is “%(answer)s”.")
    else:
        words = _("At least %(count)s of these are “%(answer)s”: %(facts)s.")
    return words % {"facts": facts, "answer": yes_no(reading.value), "count": reading.at_least}


def _none_of(indicator: Indicator, reading: NoneOfFacts) -> str:
    facts = ", ".join(fact_name(fact) for fact in reading.facts)
    return _("The household has none of these: %(facts)s.") % {"facts": facts}


def _every(indicator: Indicator, reading: EveryReading) -> str:
    parts = (_reading(indicator, part) for part in reading.parts)
    return _("All of this holds: %(parts)s") % {"parts": " ".join(parts)}


def _unanswerable(indicator: Indicator, reading: Unanswerable) -> str:
    if reading.because == "fact_not_asked":
        return _("The form does not ask this, so it stays unknown.")
    return _("The text of the law was not obtained, so it stays unknown.")


_FORMS: Mapping[type, Callable[..., str]] = {
    AnyMember: _any_member,
    NoMember: _no_member,
    ShareOfMembers: _share,
    Threshold: _threshold,
    CountOfFacts: _count,
    NoneOfFacts: _none_of,
    EveryReading: _every,
    Unanswerable: _unanswerable,
}


def _causes(indicator: Indicator, test: MemberTest) -> str:
    """The causes a member can be told, in the order of the test; without any, the facts asked."""
    told = list(dict.fromkeys(_told(indicator, test)))
    return "; ".join(told)


def _told(indicator: Indicator, test: MemberTest) -> Iterator[str]:
    if isinstance(test, Because):
        yield in_language(indicator.causes[test.code])
    elif isinstance(test, AllOf | AnyOf):
        for part in test.tests:
            yield from _told(indicator, part)
    elif isinstance(test, FlagIs) and not indicator.causes:
        yield fact_name(test.fact, SurveyMember)


@dataclass(frozen=True)
class RuleRow:
    """A class with the condition that leads to it."""

    poverty_class: str
    condition: str
    path: str


def class_rules(rules: Standard) -> list[RuleRow]:
    """The rules of the class in order; the first that fits decides."""
    return [
        RuleRow(rule.poverty_class, _condition(rules, rule), rule.reading.path)
        for rule in rules.class_rules
    ]


def _condition(rules: Standard, rule: ClassRule) -> str:
    conditions = []
    if rule.line:
        line = rules.lines[rule.line]
        words = (
            _("income at or under the line “%(line)s”")
            if line.inclusive.flag()
            else _("income under the line “%(line)s”")
        )
        conditions.append(words % {"line": in_language(line.name)})
    if rule.deprivations_from is not None:
        conditions.append(
            ngettext(
                "lacking in at least %(count)s indicator",
                "lacking in at least %(count)s indicators",
                rule.deprivations_from,
            )
            % {"count": rule.deprivations_from}
        )
    return _(" and ").join(conditions) or _("all others")


def sentences(rules: Standard) -> dict[str, str]:
    """Path to the sentence for what is stated in words: readings and rules of the class."""
    found = {one.wording.path: indicator_in_words(one) for one in rules.indicators}
    for row in class_rules(rules):
        found[row.path] = f"{_code_in_words(row.poverty_class)}: {row.condition}"
    return found


def label(found: Label | None) -> str:
    """A name of the documents in the language of the page."""
    return in_language(found)
