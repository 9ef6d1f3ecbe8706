"""Sentences made of the notes of the rules: why lacking, what is missing, why this class."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from households.choices import PovertyClass
from households.models import Survey, SurveyMember
from households.scoring import Label, Note, PointTable, Standard
from households.templatetags.povreg import number


def in_language(label: Label | None) -> str:
    """A name of the law's documents in the language of the page."""
    return label.in_language(get_language() or "vi") if label else ""


@dataclass(frozen=True)
class Wording:
    """What sentences need to know of the household: names by member number, and the rules."""

    standard: Standard
    table: PointTable | None
    names: Mapping[int, str]

    def sentence(self, note: Note) -> str:
        """The sentence of a note. KeyError for a code that nobody worded is a fault of ours."""
        return _SENTENCES[note.code](self, note.params)

    def member(self, member_no: object) -> str:
        return self.names.get(int(str(member_no))) or _("Member %(number)s") % {"number": member_no}

    def indicator(self, code: object) -> str:
        for indicator in self.standard.indicators:
            if indicator.code == code:
                return in_language(indicator.name)
        return str(code)

    def line(self, code: object) -> str:
        line = self.standard.lines.get(str(code))
        return in_language(line.name) if line else str(code)


Params = Mapping[str, object]


def fact_name(fact: object, model: type[Survey] | type[SurveyMember] = Survey) -> str:
    """The label of a column that rules read."""
    found = model._meta.get_field(str(fact))
    label = str(getattr(found, "verbose_name", fact))
    return label[:1].upper() + label[1:]


def class_name(code: object) -> str:
    return str(PovertyClass(str(code)).label)


def _whole(value: object) -> str:
    return number(int(str(value)))


def _exact(value: object) -> str:
    return number(Decimal(str(value)))


def _cause_member(w: Wording, p: Params) -> str:
    who, why = w.member(p["member_no"]), ""
    for indicator in w.standard.indicators:
        if indicator.code == p["indicator"] and p["because"]:
            why = in_language(indicator.causes.get(str(p["because"])))
    return f"{who}: {why}" if why else who


def _cause_share(w: Wording, p: Params) -> str:
    words = (
        _("%(counted)s of %(members)s members, more than %(percent)s%%")
        if p["strict"]
        else _("%(counted)s of %(members)s members, at least %(percent)s%%")
    )
    return words % {**p, "percent": _exact(p["percent"])}


def _cause_threshold(w: Wording, p: Params) -> str:
    words = (
        _("%(fact)s: %(value)s for %(members)s members, under %(limit)s for each")
        if p["strict"]
        else _("%(fact)s: %(value)s for %(members)s members, at most %(limit)s for each")
    )
    return words % {
        "fact": fact_name(p["fact"]),
        "value": _exact(p["value"]),
        "members": p["members"],
        "limit": _exact(p["limit"]),
    }


def _cause_no_member(w: Wording, p: Params) -> str:
    return ngettext(
        "The only member does not", "None of the %(count)s members does", int(str(p["members"]))
    ) % {"count": p["members"]}


def _cause_fact(w: Wording, p: Params) -> str:
    answer = pgettext("answer", "yes") if p["value"] else pgettext("answer", "no")
    return f"{fact_name(p['fact'])}: {answer}"


def _missing_member_fact(w: Wording, p: Params) -> str:
    return _("%(who)s: %(fact)s is not answered") % {
        "who": w.member(p["member_no"]),
        "fact": fact_name(p["fact"], SurveyMember).lower(),
    }


def _line_reached(w: Wording, p: Params) -> str:
    if p["unit"] == "VND":
        words = (
            _("Income %(value)s đồng per person and month, not above the line of %(limit)s đồng")
            if p["at_or_under"]
            else _("Income %(value)s đồng per person and month, above the line of %(limit)s đồng")
        )
    else:
        words = (
            _("B1 %(value)s points, not above the line of %(limit)s points")
            if p["at_or_under"]
            else _("B1 %(value)s points, above the line of %(limit)s points")
        )
    said = words % {"value": _whole(p["value"]), "limit": _whole(p["limit"])}
    return f"{said} ({w.line(p['line'])})"


def _income_points(w: Wording, p: Params) -> str:
    table = in_language(w.table.name) if w.table else str(p["point_table"])
    variant = str(p["variant"])
    if w.table and variant in w.table.variant_names:
        variant = in_language(w.table.variant_names[variant])
    return _(
        "Income estimated by the answers of form B: %(points)s points (%(table)s; %(variant)s)"
    ) % {
        "points": _whole(p["b1_points"]),
        "table": table,
        "variant": variant,
    }


def _deprivations(w: Wording, p: Params) -> str:
    count, unknown = int(str(p["count"])), int(str(p["unknown"]))
    said = ngettext("Lacking in %(count)s indicator", "Lacking in %(count)s indicators", count) % {
        "count": count
    }
    if p["b2_points"] is not None:
        return said + ", " + _("B2 %(points)s points") % {"points": p["b2_points"]}
    return (
        said
        + ", "
        + ngettext("%(count)s not yet known", "%(count)s not yet known", unknown)
        % {"count": unknown}
    )


def _question_open(w: Wording, p: Params) -> str:
    question = w.table.question(str(p["question"])) if w.table else None
    name = in_language(question.name) if question else str(p["question"])
    return _("Form B, question “%(question)s” is not answered") % {"question": name}


def _class_open(w: Wording, p: Params) -> str:
    possible = p["possible"] if isinstance(p["possible"], tuple) else ()
    return _("The class is open: %(classes)s are possible until the missing answers are there") % {
        "classes": ", ".join(class_name(code) for code in possible)
    }


def _paper_differs(w: Wording, p: Params) -> str:
    if p["what"] == "poverty_class":
        return _("The paper says %(paper)s, the answers give %(computed)s") % {
            "paper": class_name(p["paper"]),
            "computed": class_name(p["computed"]),
        }
    what = "B1" if p["what"] == "b1_points" else "B2"
    return _("%(what)s on paper is %(paper)s points, the answers give %(computed)s") % {
        "what": what,
        "paper": p["paper"],
        "computed": p["computed"],
    }


def _standard_incomplete(w: Wording, p: Params) -> str:
    return _("The standard is not complete: %(reason)s") % {
        "reason": in_language(w.standard.incomplete_because)
    }


_SENTENCES: Mapping[str, Callable[[Wording, Params], str]] = {
    "cause_member": _cause_member,
    "cause_no_member": _cause_no_member,
    "cause_share": _cause_share,
    "cause_threshold": _cause_threshold,
    "cause_fact": _cause_fact,
    "missing_member_fact": _missing_member_fact,
    "missing_fact": lambda w, p: _("%(fact)s is not answered") % {"fact": fact_name(p["fact"])},
    "missing_members": lambda w, p: _("%(entered)s of %(expected)s members are entered") % p,
    "fact_not_asked": lambda w, p: _("The form does not ask this"),
    "cutoff_not_known": lambda w, p: _("The law's limit for this is not known yet"),
    "income_declared": lambda w, p: (
        _("Income declared or measured: %(vnd)s đồng per person and month")
        % {"vnd": _whole(p["income_vnd"])}
    ),
    "income_points": _income_points,
    "income_paper": lambda w, p: (
        _("Income by the B1 total of the signed paper form: %(points)s points")
        % {"points": _whole(p["b1_points"])}
    ),
    "income_missing": lambda w, p: _("Nothing is said of the income yet"),
    "points_table_missing": lambda w, p: _("No point table is in force for this standard"),
    "points_table_incomplete": lambda w, p: _("The point table is not complete and cannot score"),
    "points_unknown_province": lambda w, p: _(
        "The point table does not name the area of this province"
    ),
    "points_question_open": _question_open,
    "points_unknown_option": _question_open,
    "points_settled_on_paper": lambda w, p: (
        _("The B1 total of the signed paper form counts: %(points)s points")
        % {"points": _whole(p["b1_points"])}
    ),
    "line_reached": _line_reached,
    "line_not_for_points": lambda w, p: (
        _("%(line)s needs an income; points do not tell it") % {"line": w.line(p["line"])}
    ),
    "line_without_points": lambda w, p: (
        _("%(line)s: the points that stand for it are not known") % {"line": w.line(p["line"])}
    ),
    "deprivations": _deprivations,
    "class_is": lambda w, p: (
        _("Therefore: %(poverty_class)s") % {"poverty_class": class_name(p["poverty_class"])}
    ),
    "class_open": _class_open,
    "standard_incomplete": _standard_incomplete,
    "paper_differs": _paper_differs,
}
WORDED_CODES = frozenset(_SENTENCES)
