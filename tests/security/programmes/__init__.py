"""The parts of the programmes, each with its addresses, the rules of its tables with a statement
that breaks them, and the rows these statements need. A new part is a module and a line here."""

from collections.abc import Callable

from tests.security.address import Address
from tests.security.conftest import Register
from tests.security.programmes import (
    benefit_lists,
    benefits,
    coverage,
    houses,
    money,
    plan_list,
    projects,
    skills,
    starting,
    support_lists,
)

_PARTS = (
    benefit_lists,
    benefits,
    coverage,
    houses,
    money,
    plan_list,
    projects,
    skills,
    starting,
    support_lists,
)

ADDRESSES: dict[str, Address] = {
    name: one for part in _PARTS for name, one in part.ADDRESSES.items()
}
BREAKS: dict[str, str] = {name: one for part in _PARTS for name, one in part.BREAKS.items()}
ROWS: tuple[Callable[[Register], None], ...] = tuple(part.rows for part in _PARTS)
