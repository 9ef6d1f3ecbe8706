"""Holidays and days worked to make up for them, from data/calendar/special_days.csv."""

import csv
import datetime as dt
from pathlib import Path

from django.utils.translation import gettext as _

from households.errors import Invalid
from households.models import SpecialDay
from households.services.reference_rows import Tally, align

FILE = Path("calendar") / "special_days.csv"


def load_special_days(folder: Path) -> Tally:
    """Bring the calendar in line with the file; what the department changed stays. A folder without
    the file brings none. Raises Invalid naming the line."""
    path = folder / FILE
    tally = Tally()
    if not path.exists():
        return tally
    wanted: dict[dt.date, dict[str, object]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, line in enumerate(csv.DictReader(file), start=2):
            try:
                wanted[dt.date.fromisoformat(line["day"])] = {
                    "is_working": {"yes": True, "no": False}[line["is_working"]],
                    "name_vi": line["name_vi"],
                    "name_en": line["name_en"],
                    "source": line["source"],
                    "is_confirmed": {"yes": True, "no": False}[line["confirmed"]],
                }
            except (KeyError, TypeError, ValueError) as fault:
                raise Invalid(
                    _("%(file)s, line %(line)d: %(reason)s")
                    % {"file": path.name, "line": number, "reason": fault}
                ) from fault
    stored = {one.day: one for one in SpecialDay.objects.all()}
    missing = align(tally, stored, wanted)
    SpecialDay.objects.bulk_create(SpecialDay(day=day, **values) for day, values in missing.items())
    tally.created += len(missing)
    return tally
