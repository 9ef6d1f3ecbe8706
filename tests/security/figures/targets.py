"""Targets of the reduction."""

from decimal import Decimal

from households.services.system_user import system_user
from reports.models import ReductionTarget
from tests.security.address import BOTH, GET, Address
from tests.security.conftest import Register
from tests.security.whom import For


def _target(register: Register) -> tuple[object, ...]:
    if not ReductionTarget.objects.exists():
        rows(register)
    return (ReductionTarget.objects.get(area=register.commune).pk,)


ADDRESSES: dict[str, Address] = {
    "reports:target_list": Address(For.TARGET_READERS, GET),
    "reports:target_entry": Address(For.TARGET_KEEPERS, BOTH),
    "reports:target_withdraw": Address(For.TARGET_KEEPERS, BOTH, _target, owned=True),
}
_TARGET = "UPDATE reports_reductiontarget SET"
BREAKS: dict[str, str] = {
    "reports_reductiontarget_has_a_basis": f"{_TARGET} legal_basis = ''",
    "reports_reductiontarget_once": "copy reports_reductiontarget",
    "reports_reductiontarget_points_above_zero": f"{_TARGET} points_from = 0",
    "reports_reductiontarget_span_goes_up": f"{_TARGET} points_to = points_from - 0.01",
    "reports_reductiontarget_whom_known": f"{_TARGET} whom = 'COWS'",
    "reports_reductiontarget_year_known": f"{_TARGET} year = 1999",
}


def rows(register: Register) -> None:
    """One of the commune."""
    ReductionTarget.objects.create(
        area=register.commune, year=2024, standard=register.table.standard,
        points_from=Decimal(2), points_to=Decimal("2.5"), legal_basis="Nghị quyết 1/NQ",
        entered_by=system_user(),
    )  # fmt: skip
