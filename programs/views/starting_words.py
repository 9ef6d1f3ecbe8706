"""What a commune's start page says of each thing it needs: where it stands, whose turn it is, and
the one address where it is done."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households import policies
from households.choices import Role
from households.models import User
from households.queries.starting import Facts
from households.templatetags.povreg import number
from programs.queries.review_rules import ReviewRules
from programs.queries.terms_in_force import InForce
from programs.views import starting_lists, starting_rules
from programs.views.starting_line import Line, Standing


@dataclass(frozen=True)
class Start:
    """A commune and all its lines, in the order in which they are done."""

    facts: Facts
    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(one.standing in (Standing.DONE, Standing.NONE) for one in self.lines)

    @property
    def next(self) -> Line | None:
        """The first that is the commune's own turn; what must not wait before what may."""
        own = [one for one in self.lines if one.standing == Standing.TO_DO]
        return own[0] if own else None

    @property
    def waits(self) -> list[Line]:
        """Those that the department has to do."""
        return [one for one in self.lines if one.standing == Standing.WAITS]

    @property
    def is_stuck(self) -> bool:
        """Nothing that the commune itself could do, and not everything there."""
        return self.next is None and self.done < len(self.lines)


Who = User | AnonymousUser


def start_of(facts: Facts, programmes: InForce, rules: ReviewRules, user: Who) -> Start:
    """No query beyond the user's rights."""
    lines = [make(facts) for make in _LINES]
    lines[_PROGRAMMES_AT:_PROGRAMMES_AT] = [
        starting_rules.programmes(programmes),
        starting_rules.rules(rules),
    ]
    if (told := starting_rules.reaches(facts, rules)) and lines[
        _COMPLETE_AT
    ].standing == Standing.DONE:
        lines[_COMPLETE_AT] = replace(
            lines[_COMPLETE_AT], said=f"{lines[_COMPLETE_AT].said}. {told}"
        )
    return Start(facts, [_for(one, facts, user) for one in lines])


def _for(line: Line, facts: Facts, user: Who) -> Line:
    """Without a way to what this user may not do."""
    may = _MAY.get(line.code)
    if line.url and may and may(user, facts):
        return Line(line.code, line.title, line.standing, line.said)
    return line


def _map(facts: Facts) -> Line:
    title = _("Villages")
    add = {"url": reverse("households:village_new"), "button": _("Add a village")}
    if not facts.villages:
        said = _("No village is on the map. The sheet of the list brings its villages along.")
        standing = Standing.TO_DO if facts.in_force else Standing.OPTIONAL
        return Line("map", title, standing, said, **add)
    told = ngettext("%(count)s village", "%(count)s villages", facts.villages)
    said = told % {"count": number(facts.villages)}
    if facts.unsettled:
        told = _("%(villages)s; of %(count)s nobody said whether urban or rural: the department")
        said = told % {
            "villages": said, "count": number(facts.unsettled),
        }  # fmt: skip
        return Line("map", title, Standing.WAITS, said, **add)
    zone = _("zone known") if facts.has_zone else _("in no zone of the mountains' list")
    said = _("%(villages)s, each urban or rural; %(zone)s") % {"villages": said, "zone": zone}
    return Line("map", title, Standing.DONE, said, **add)


def _people(facts: Facts) -> Line:
    title = _("Officers and villages' accounts")
    way = {"url": reverse("households:account_list"), "button": _("Make accounts")}
    if not facts.officers:
        said = _("No officer of the commune has an account: the department gives one.")
        return Line("people", title, Standing.WAITS, said)
    if not facts.villages:
        told = _("%(officers)s officers, %(chairs)s chairs. One officer alone can do everything.")
        said = told % {"officers": number(facts.officers), "chairs": number(facts.chairs)}
        return Line("people", title, Standing.DONE, said, **way)
    said = _(
        "%(officers)s officers, %(chairs)s chairs; of %(villages)s villages %(heads)s have a head"
        " and %(reviewers)s a reviewer with an account. One officer alone can do everything."
    ) % {
        "officers": number(facts.officers), "chairs": number(facts.chairs),
        "villages": number(facts.villages), "heads": number(facts.with_head),
        "reviewers": number(facts.with_reviewer),
    }  # fmt: skip
    return Line("people", title, Standing.DONE, said, **way)


def _blocked(code: str, title: str) -> Line:
    return Line(code, title, Standing.BLOCKED, _("First the list in force."))


def _complete(facts: Facts) -> Line:
    title = _("From which year the lists are complete")
    if facts.complete_from is not None:
        said = _("From the review of %(year)s on") % {"year": facts.complete_from}
        return Line("complete", title, Standing.DONE, said)
    if facts.in_force is None:
        return _blocked("complete", title)
    said = _(
        "Until it is said, who re-fell, newly arose or newly escaped answers “not enough data”."
    )
    return Line("complete", title, Standing.TO_DO, said)


def _residents(facts: Facts) -> Line:
    title = _("Resident households and persons")
    if facts.round is None:
        return _blocked("residents", title)
    way = {
        "url": reverse("households:residents", args=[facts.round.pk]),
        "button": _("Enter residents"),
    }
    day = date_format(facts.round.as_of, "d/m/Y")
    if facts.residents_missing and facts.round.covers_all_residents:
        said = _("The round counts all residents itself, as of %(day)s.") % {"day": day}
        return Line("residents", title, Standing.DONE, said, **way)
    if facts.residents_missing:
        said = _("Missing as of %(day)s: no rate can be counted.") % {"day": day}
        return Line("residents", title, Standing.TO_DO, said, **way)
    said = _("%(count)s households as of %(day)s") % {
        "count": number(facts.residents), "day": day,
    }  # fmt: skip
    return Line("residents", title, Standing.DONE, said, **way)


def _certificates(facts: Facts) -> Line:
    title = _("Certificates")
    if facts.in_force is None:
        return _blocked("certificates", title)
    way = {
        "url": reverse("households:certificate_register", args=[facts.commune.pk]),
        "button": _("Certificates"),
    }
    goes_on = _("the next number of this year is %(number)s") % {
        "number": f"{facts.last_serial + 1:04d}"
    }
    if facts.without_certificate:
        said = _("%(count)s listed households have none in povreg; %(goes_on)s.") % {
            "count": number(facts.without_certificate), "goes_on": goes_on,
        }  # fmt: skip
        return Line("certificates", title, Standing.TO_DO, said, **way)
    said = _("Every listed household has one; %(goes_on)s.") % {"goes_on": goes_on}
    return Line("certificates", title, Standing.DONE, said, **way)


def _letterhead(facts: Facts) -> Line:
    title = _("Letterheads")
    if not facts.has_type:
        said = _("Nobody said whether it is a commune or a ward; papers say “xã”: the department")
        return Line("letterhead", title, Standing.WAITS, said)
    said = _("By the state's form for documents, with the name and kind of the commune.")
    return Line("letterhead", title, Standing.DONE, said)


def _print(facts: Facts) -> Line:
    title = _("First print")
    if facts.has_printed:
        said = _("The commune has printed from povreg.")
        return Line("print", title, Standing.DONE, said)
    if facts.in_force is None:
        return _blocked("print", title)
    url = f"{reverse('households:household_list_out')}?commune={facts.commune.pk}&class=POOR"
    said = _("Print the list of poor households and lay it beside the paper.")
    return Line("print", title, Standing.TO_DO, said, url, _("Print the list"))


_LINES: tuple[Callable[[Facts], Line], ...] = (
    _map, _people, starting_lists.earlier, starting_lists.in_force, _complete, _residents,
    _certificates, _letterhead, _print,
)  # fmt: skip
#: Programmes and the rules of reviews stand between certificates and letterheads.
_PROGRAMMES_AT = 7
_COMPLETE_AT = 4
#: Why a user may not do a line.
_MAY: dict[str, Callable[[Who, Facts], policies.Reason]] = {
    "people": lambda user, facts: policies.why_not_give_role(
        user, Role.VILLAGE_HEAD, facts.commune
    ),
    "map": lambda user, facts: policies.why_not_add_village(user, facts.commune),
    "earlier": lambda user, facts: policies.why_not_take_over_list(user, facts.commune),
    "list": lambda user, facts: (
        policies.why_not_take_over_list(user, facts.commune) if facts.in_force is None else None
    ),
    "residents": lambda user, facts: policies.why_not_enter_residents(user, facts.commune),
}
