"""What an entry of money must not break, in the words of the rule."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid
from households.models import Area
from programs.choices.money import MoneyStage
from programs.models import MoneyEntry, Programme
from programs.workflow.money import Booking, Broken, Rule, broken

#: No entry of a province is larger; whoever types more typed đồng for million đồng.
MOST_VND = 10**14


def bookings(programme: Programme, year: int, funding: str, province_path: str) -> list[Booking]:
    """Everything booked of one line in a province. One query."""
    rows = MoneyEntry.objects.filter(programme=programme, year=year, funding=funding)
    of_province = Area.objects.under_any([province_path])
    return [
        Booking(f"{path}{area}.", stage, day, vnd)
        for area, path, stage, day, vnd in rows.filter(area__in=of_province)
        .order_by()
        .values_list("area", "area__path", "stage", "booked_on", "amount_vnd")
    ]


def check_entry(entry: MoneyEntry) -> None:
    """Raises Invalid: nothing or too much, a day to come, no document, a year of another time."""
    if not entry.amount_vnd or abs(entry.amount_vnd) > MOST_VND:
        raise Invalid(
            _("%(area)s: an amount that is not nothing is needed, in đồng or million đồng.")
            % {"area": entry.area.name}
        )
    if entry.booked_on > clock.today():
        raise Invalid(
            _("This day is still to come."), fields={"booked_on": [_("This day is still to come.")]}
        )
    if not entry.document_number.strip():
        raise Invalid(
            _("The number of the document is missing."),
            fields={"document_number": [_("This is missing.")]},
        )
    check_year(entry.year)


def check_year(year: int) -> None:
    """Raises Invalid: no year for which anything is planned or paid."""
    if not 2000 <= year <= clock.today().year + 5:
        raise Invalid(_("This is no year of a programme."))


def check_rules(before: Iterable[Booking], entry: MoneyEntry, *, excused: bool) -> Booking:
    """The entry as a booking. Raises Invalid with the rule it breaks on any day; `excused`: a
    reason is given, only what no reason excuses is refused."""
    new = Booking(entry.area.inner_path, entry.stage, entry.booked_on, entry.amount_vnd)
    found = broken(list(before), new)
    if found and not (excused and found.rule != Rule.NOT_NEGATIVE):
        raise Invalid(_told(found), code=f"money.{found.rule.value}")
    return new


def _written(vnd: int) -> str:
    """With a mark between thousands, which Django's own Vietnamese leaves out."""
    return f"{vnd:,}" if get_language() == "en" else f"{vnd:,}".replace(",", ".")


def _told(found: Broken) -> str:
    area = Area.objects.get(pk=int(found.inner_path.rstrip(".").rsplit(".", 1)[-1]))
    values = {
        "area": area.name,
        "day": found.on.strftime("%d/%m/%Y"),
        "sum": _written(found.vnd),
        "most": _written(found.most_vnd),
    }
    if found.rule == Rule.NOT_NEGATIVE:
        return (
            _("%(area)s would have less than nothing on %(day)s: %(sum)s đồng. Nothing excuses it.")
            % values
        )
    if found.rule == Rule.PARTS_IN_WHOLE:
        return (
            _(
                "On %(day)s the units below %(area)s would be allocated %(sum)s đồng, it has itself"
                " %(most)s đồng. Book it with a reason if it is so."
            )
            % values
        )
    if found.stage == MoneyStage.COMMITTED:
        return (
            _(
                "On %(day)s %(area)s would have committed %(sum)s đồng of %(most)s đồng allocated."
                " Book it with a reason if it is so."
            )
            % values
        )
    return (
        _(
            "On %(day)s %(area)s would have disbursed %(sum)s đồng of %(most)s đồng committed."
            " Book it with a reason if it is so."
        )
        % values
    )
