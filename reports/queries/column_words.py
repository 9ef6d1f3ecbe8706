"""Every column of the tables in words: over the column, and where it stands alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from households.models import EthnicGroup, ListEntry
from households.services import standards
from reports.queries import causes, children, ethnic_bases, ethnic_groups, groups, measure_words
from reports.queries.questions import Question

Text = str | Promise


@dataclass(frozen=True)
class Words:
    """`head` stands over the column of its table, `full` where the column stands alone."""

    head: str
    full: str


_RESULT: dict[str, Text] = {
    "resident_households": _("Resident households"),
    "resident_persons": _("Resident persons"),
    "poor_households": _("Poor households"),
    "poor_rate": _("Poor households, per cent"),
    "near_poor_households": _("Near-poor households"),
    "near_poor_rate": _("Near-poor households, per cent"),
    "average_households": _("Farm households of average living standard"),
    "average_rate": _("Farm households of average living standard, per cent"),
    "poor_persons": _("Persons in poor households"),
    "poor_persons_rate": _("Persons in poor households, per cent"),
    "near_poor_persons": _("Persons in near-poor households"),
    "near_poor_persons_rate": _("Persons in near-poor households, per cent"),
    "average_persons": _("Persons in farm households of average living standard"),
    "average_persons_rate": _("Persons in farm households of average living standard, per cent"),
}
#: With the sums that pages say (list_changes.SUMS).
_POOR_CHANGES: dict[str, Text] = {
    "opening": _("Poor households at the opening"),
    "to_near_poor": _("Left poverty, near-poor now"),
    "to_not_poor": _("Left poverty, above near-poor"),
    "other_out": _("Poor households, other decrease"),
    "from_near_poor": _("Near-poor households that became poor"),
    "relapsed": _("Fell back into poverty"),
    "new_entry": _("Newly arisen poor households"),
    "other_in": _("Poor households, other increase"),
    "closing": _("Poor households at the closing"),
    "escaped": _("Households that left poverty"),
    "fell": _("Households that became poor"),
}
_NEAR_POOR_CHANGES: dict[str, Text] = {
    "opening": _("Near-poor households at the opening"),
    "to_not_poor": _("Left near-poverty"),
    "to_poor": _("Near-poor households that became poor"),
    "other_out": _("Near-poor households, other decrease"),
    "from_poor": _("Poor households that became near-poor"),
    "relapsed": _("Fell back into near-poverty"),
    "new_entry": _("Newly arisen near-poor households"),
    "other_in": _("Near-poor households, other increase"),
    "closing": _("Near-poor households at the closing"),
}
_GROUPS: dict[str, Text] = {
    "total": _("In all"),
    "ethnic_minority": _("Ethnic minority households"),
    "no_labour": _("Households without labour capacity"),
    "merit": _("Households with a member of merit"),
    "other": pgettext_lazy("households of no group", "Other"),
    "labour": _("Households with labour capacity"),
    "kinh": _("Kinh"),
    "minority": _("All minorities"),
    "other_minority": pgettext_lazy("minorities not listed apart", "Other minorities"),
    "unstated": _("Ethnic group not stated"),
    "female_head": _("Households whose head is a woman"),
}
_BASES: dict[str, Text] = {
    "": "",
    "kinh_": _("Kinh"),
    "minority_": _("All minorities"),
    "local_minority_": _("Local minorities"),
}
_BY_BASE = _("%(own)s: %(what)s")
_MEASURES = ("households", "persons", "rate")
_CLASS_OF = {word: code for code, word in groups.CLASSES.items()}
_LISTED = _("Poor and near-poor households")
_OF = {
    "poor": _("Poor households: %(what)s"),
    "near_poor": _("Near-poor households: %(what)s"),
    "listed": _("Poor and near-poor households: %(what)s"),
}
_LACKING = {
    "poor": _("Poor households lacking: %(what)s"),
    "near_poor": _("Near-poor households lacking: %(what)s"),
    "listed": _("Poor and near-poor households lacking: %(what)s"),
}
_BECAUSE = {
    "poor": _("Poor households, cause: %(what)s"),
    "near_poor": _("Near-poor households, cause: %(what)s"),
}
_CHILDREN = {
    "poor": _("Children of poor households"),
    "near_poor": _("Children of near-poor households"),
}
_CHILDREN_LACKING = {
    "poor": _("Children of poor households lacking: %(what)s"),
    "near_poor": _("Children of near-poor households lacking: %(what)s"),
}


def of(table: str, question: Question) -> dict[str, Words]:
    """By column of a table T1 to T13, or of the pages' own; {} of any other. One query at most."""
    make = _TABLES.get(table)
    return make(question) if make else {}


def of_hardship(shock: str | None, month: str | None) -> str:
    """Of households that became poor anew, by what happened to them and in which month (2023-07);
    None is any, "" not stated. One query."""
    told = [str(_("Households that became poor anew"))]
    if shock is not None:
        told.append(_entries("shocks").get(shock, shock) or str(_("Not stated")))
    if month is not None:
        told.append(f"{month[5:]}/{month[:4]}" if month else str(_("Month not stated")))
    return " · ".join(told)


def of_move(was: Text, is_now: Text) -> str:
    """A pair of the matrix of movements."""
    return _("%(was)s → %(now)s") % {"was": was, "now": is_now}


def _stated(texts: Mapping[str, Text]) -> Callable[[Question], dict[str, Words]]:
    return lambda asked: {column: Words(str(text), str(text)) for column, text in texts.items()}


def _lacks(word: str) -> Callable[[Question], dict[str, Words]]:
    def made(question: Question) -> dict[str, Words]:
        total = str(_LISTED if word == "listed" else _RESULT[f"{word}_households"])
        lacks = str(_("Lacks, all indicators together"))
        return {
            "households": Words(total, total),
            "deprivations": Words(lacks, str(_OF[word]) % {"what": lacks}),
        } | {
            code: Words(name, str(_LACKING[word]) % {"what": name})
            for code, name in _indicators(question).items()
        }

    return made


def _of_groups(question: Question) -> dict[str, Words]:
    columns = (*groups.COLUMNS, *groups.BESIDE)
    wanted = {column.removeprefix("poor_") for column in columns if column[:5] == "poor_"}
    return _by_class({code: str(text) for code, text in _GROUPS.items() if code in wanted})


def _of_ethnic_groups(question: Question) -> dict[str, Words]:
    beside = {column.removeprefix("poor_") for column in ethnic_groups.BESIDE}
    names = {
        code: str(text)
        for code, text in _GROUPS.items()
        if code in beside or code in ("total", "kinh", "minority")
    }
    return _by_class(names | dict(EthnicGroup.objects.values_list("code", "name")))


def _by_class(names: Mapping[str, str]) -> dict[str, Words]:
    """`total` is the class itself."""
    found = {}
    for word in groups.CLASSES.values():
        for code, name in names.items():
            full = str(_OF[word]) % {"what": name}
            if code == "total":
                full = str(_RESULT[f"{word}_households"])
            found[f"{word}_{code}"] = Words(name, full)
    return found


def _of_bases(word: str) -> Callable[[Question], dict[str, Words]]:
    """Residents and the class: all, and by ethnic base, in households, persons and per cent."""

    def made(question: Question) -> dict[str, Words]:
        found = {}
        for owner in ("resident", word):
            for base, name in _BASES.items():
                for what in _MEASURES:
                    own = str(_RESULT.get(f"{owner}_{what}", _RESULT[f"{word}_rate"]))
                    full = own if base == "" else str(_BY_BASE) % {"own": own, "what": name}
                    found[f"{owner}_{base}{what}"] = Words(own if base == "" else str(name), full)
        for group in ethnic_bases.GROUPS:
            full = str(_OF[word]) % {"what": _GROUPS[group]}
            found[f"{word}_{group}_households"] = Words(str(_GROUPS[group]), full)
        wanted = ethnic_bases.columns(_CLASS_OF[word])
        return {column: found[column] for column in wanted}

    return made


def _of_causes(question: Question) -> dict[str, Words]:
    names = _entries("causes")
    found = {}
    for prefix, poverty_class in causes.PREFIXES.items():
        frame = str(_BECAUSE[groups.CLASSES[poverty_class]])
        for code in causes.CAUSES:
            name = names.get(code, code)
            found[f"{prefix}cause_{code}"] = Words(name, frame % {"what": name})
    return found


def _entries(list_code: str) -> dict[str, str]:
    """Names of a list by code, in the language of the page."""
    entries = ListEntry.objects.filter(list_code=list_code)
    return {
        code: en if (get_language() or "vi").startswith("en") else vi
        for code, vi, en in entries.values_list("code", "name_vi", "name_en")
    }


def _of_children(question: Question) -> dict[str, Words]:
    names = _indicators(question)
    found = {}
    for prefix, poverty_class in children.PREFIXES.items():
        word = groups.CLASSES[poverty_class]
        found[f"{prefix}children"] = Words(str(_("Children")), str(_CHILDREN[word]))
        for code in children.INDICATORS:
            name = names.get(code, code)
            full = str(_CHILDREN_LACKING[word]) % {"what": name}
            found[f"{prefix}{code}"] = Words(name, full)
    return found


def _indicators(question: Question) -> dict[str, str]:
    """Names by code, in the language of the page."""
    language = get_language() or "vi"
    rules = standards.rules_of(question.standard)
    return {one.code: one.name.in_language(language) for one in rules.indicators}


_TABLES: dict[str, Callable[[Question], dict[str, Words]]] = {
    "T1": _stated(_RESULT),
    "T2": _stated(_POOR_CHANGES),
    "T3": _stated(_NEAR_POOR_CHANGES),
    "T4": _lacks("poor"),
    "T5": _lacks("poor"),
    "T6": _lacks("near_poor"),
    "T7": _lacks("near_poor"),
    "T8": _of_groups,
    "T9": _of_ethnic_groups,
    "T10": _of_causes,
    "T11": _of_children,
    "T12": _of_bases("poor"),
    "T13": _of_bases("near_poor"),
    "L": _lacks("listed"),
    "MPI": lambda asked: {code: Words(one, one) for code, one in measure_words.of(asked).items()},
}
