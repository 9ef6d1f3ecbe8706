"""What a start page says of what the department answers for: programmes, standard, terms."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.queries.starting import Facts
from households.templatetags.povreg import number
from programs.queries.review_rules import ReviewRules
from programs.queries.terms_in_force import InForce
from programs.views.starting_line import Line, Standing


def programmes(found: InForce) -> Line:
    title = _("Programmes in force")
    way = {"url": reverse("programs:programme_list"), "button": _("Programmes")}
    if not found.programmes:
        said = _("None is loaded: the administrator of the province loads them.")
        return Line("programmes", title, Standing.WAITS, said, **way)
    counted = {"count": number(found.programmes), "doubtful": number(found.in_doubt)}
    if found.in_doubt:
        said = (
            _("%(count)s in force; %(doubtful)s wait for the department to confirm them") % counted
        )
        return Line("programmes", title, Standing.WAITS, said, **way)
    said = _("%(count)s in force, all confirmed") % counted
    return Line("programmes", title, Standing.DONE, said, **way)


def rules(found: ReviewRules) -> Line:
    title = _("What a review rests on")
    if found.unconfirmed_terms:
        said = ngettext(
            "%(count)s term of the procedure is not confirmed: no decision can be recorded yet",
            "%(count)s terms of the procedure are not confirmed: no decision can be recorded yet",
            found.unconfirmed_terms,
        ) % {"count": number(found.unconfirmed_terms)}
        way = {"url": reverse("households:terms"), "button": _("Terms of the procedure")}
        return Line("rules", title, Standing.WAITS, said, **way)
    way = {"url": reverse("households:standard_list"), "button": _("Poverty standards")}
    if found.why_not:
        return Line("rules", title, Standing.WAITS, found.why_not, **way)
    if found.tells_from is None:
        said = _("No poverty standard is loaded: the administrator of the province loads it.")
        return Line("rules", title, Standing.WAITS, said, **way)
    said = _("Standard, point table and terms of the procedure are confirmed.")
    return Line("rules", title, Standing.DONE, said, **way)


def reaches(facts: Facts, rules: ReviewRules) -> str:
    """That what the commune has does not reach back as far as the standard looks."""
    said = facts.complete_from
    if said is None or rules.tells_from is None or said <= rules.tells_from:
        return ""
    return _(
        "Under today's standard lists are needed from the review of %(year)s: until then who"
        " re-fell and who newly arose answers “not enough data”, and the next standard begins anew."
    ) % {"year": rules.tells_from}
