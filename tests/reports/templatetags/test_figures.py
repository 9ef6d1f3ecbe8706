"""What standards are called on pages of figures."""

import datetime as dt

from households.models import PovertyStandard
from reports.templatetags.figures import standard_years


def test_a_standard_is_called_by_its_years() -> None:
    standard = PovertyStandard(valid_from=dt.date(2022, 1, 1), valid_to=dt.date(2026, 12, 31))
    assert standard_years(standard) == "2022–2026"
    standard.valid_to = None
    assert standard_years(standard) == "2022"
