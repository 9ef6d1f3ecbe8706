"""Figures of areas, and the households behind them."""

from tests.security.address import BOTH, GET, Address
from tests.security.conftest import Register
from tests.security.whom import For

ADDRESSES: dict[str, Address] = {
    "reports:dashboard": Address(For.FIGURE_READERS, GET),
    "reports:figure": Address(For.FIGURE_READERS, GET, lambda register: ("places",)),
    "reports:behind": Address(For.MONEY_READERS, GET),
    "reports:behind_file": Address(For.MONEY_READERS, BOTH),
}
BREAKS: dict[str, str] = {}


def rows(register: Register) -> None:
    """No tables of its own."""
