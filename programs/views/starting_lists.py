"""What the start page says of a commune's lists: those of earlier years, and the one in force."""

from dataclasses import replace

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from households import clock
from households.models import Area
from households.queries.starting import Facts
from households.templatetags.povreg import number
from programs.views.starting_line import Line, Standing


def _take_over(unit: Area | None = None) -> dict[str, str]:
    asked = f"?commune={unit.pk}" if unit else ""
    return {"url": reverse("households:take_over_list") + asked, "button": _("Take over a list")}


def earlier(facts: Facts) -> Line:
    """Lists of before the one in force."""
    title = _("Lists and escapes of earlier years")
    line = _of_formers(facts, title) if facts.formers else _own(facts, title)
    if not facts.escapes:
        return line
    told = _("Escapes alone of %(years)s: %(escaped)s households.") % {
        "years": ", ".join(str(year) for year in sorted({one.year for one in facts.escapes})),
        "escaped": number(sum(one.escaped for one in facts.escapes)),
    }  # fmt: skip
    return replace(line, said=f"{line.said} {told}")


def _own(facts: Facts, title: str) -> Line:
    if facts.earlier:
        years = ", ".join(str(one.year) for one in facts.earlier)
        last = facts.in_force
        escaped = sum(one.escaped for one in facts.earlier) + (last.escaped if last else 0)
        said = _("Reviews of %(years)s; %(escaped)s households escaped since the first of them") % {
            "years": years, "escaped": number(escaped),
        }  # fmt: skip
        way = {} if facts.in_force else _take_over()
        return Line("earlier", title, Standing.DONE, said, **way)
    if facts.is_new:
        said = _(
            "The commune is there since %(day)s; lists of before are those of other communes and"
            " are not taken over here."
        ) % {"day": date_format(facts.commune.valid_from, "d/m/Y")}
        return Line("earlier", title, Standing.NONE, said)
    if facts.in_force:
        said = _(
            "None was taken over before the list in force. Figures that look back answer “not"
            " enough data” until later. To add one: undo the list in force, take over the older"
            " one first."
        )
        return Line("earlier", title, Standing.NONE, said)
    said = _(
        "If you keep them, take them over now, the oldest first: after the list in force none can"
        " be put before it. None kept: go on."
    )
    return Line("earlier", title, Standing.OPTIONAL, said, **_take_over())


def _of_formers(facts: Facts, title: str) -> Line:
    """Each former commune has decisions of its own; which years, told for each."""
    years = {one.pk: facts.years_of(one) for one in facts.formers}
    told = "; ".join(
        f"{one.name}: {', '.join(map(str, years[one.pk])) or _('none')}" for one in facts.formers
    )
    if all(years.values()):
        said = _("Reviews taken over of each former commune: %(told)s") % {"told": told}
        way = {} if facts.in_force else _take_over(facts.formers[0])
        return Line("earlier", title, Standing.DONE, said, **way)
    if facts.in_force and facts.in_force.unit_id == facts.commune.pk:
        said = _(
            "Taken over of each former commune: %(told)s. To add one: undo the list in force, take"
            " over the older ones first."
        ) % {"told": told}
        return Line("earlier", title, Standing.NONE, said)
    said = _(
        "The commune is there since %(day)s. Lists of before are those of the former communes, each"
        " with a decision of its own: %(told)s. The oldest year of all of them first."
    ) % {"day": date_format(facts.commune.valid_from, "d/m/Y"), "told": told}
    first = next(one for one in facts.formers if not years[one.pk])
    return Line("earlier", title, Standing.OPTIONAL, said, **_take_over(first))


def in_force(facts: Facts) -> Line:
    """The list that counts today."""
    title = _("List in force, with its decision")
    last = facts.in_force
    if last is None and not facts.officers:
        said = _("First an officer of the commune with an account.")
        return Line("list", title, Standing.BLOCKED, said)
    lacking = facts.lacking(clock.today().year - 1) if last is None and facts.formers else []
    if lacking and lacking != [facts.commune]:
        said = _("The list in force is that of each former commune; missing: %(units)s.") % {
            "units": ", ".join(one.name for one in lacking)
        }
        return Line("list", title, Standing.TO_DO, said, **_take_over(lacking[0]))
    if last is None:
        said = _("Number, day and signer of the decision, its totals and scan, and the sheet.")
        if any(map(facts.years_of, facts.formers)):
            said += " " + _(
                "First give the villages that came with the former communes' lists their names of"
                " today."
            )
        return Line("list", title, Standing.TO_DO, said, **_take_over())
    said = _("Decision %(number)s of %(day)s; %(count)s households are listed today") % {
        "number": last.number, "day": date_format(last.decided_on, "d/m/Y"),
        "count": number(facts.listed),
    }  # fmt: skip
    if last.difference:
        said += ". " + _("Differs from the paper: %(reason)s") % {"reason": last.difference}
    if not last.has_scan:
        said += ". " + _("The scan of the decision is missing.")
    shown = {"url": reverse("households:household_list"), "button": _("To the list of households")}
    return Line("list", title, Standing.DONE, said, **shown)
