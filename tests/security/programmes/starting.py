"""Communes that start: their addresses. They have no table of their own."""

from tests.security import arguments as args
from tests.security.address import BOTH, GET, Address
from tests.security.conftest import Register
from tests.security.whom import For

ADDRESSES: dict[str, Address] = {
    "programs:starts": Address(For.MONEY_READERS, GET),
    "programs:commune_start": Address(For.MONEY_READERS, BOTH, args.own_commune, owned=True),
}
BREAKS: dict[str, str] = {}


def rows(register: Register) -> None:
    """None."""
