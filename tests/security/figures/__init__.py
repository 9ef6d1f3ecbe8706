"""The parts of the figures, as tests/security/programmes has those of the programmes."""

from collections.abc import Callable

from tests.security.address import Address
from tests.security.conftest import Register
from tests.security.figures import boundaries, dashboard, editions, summaries, targets

_PARTS = (boundaries, dashboard, editions, summaries, targets)

ADDRESSES: dict[str, Address] = {
    name: one for part in _PARTS for name, one in part.ADDRESSES.items()
}
BREAKS: dict[str, str] = {name: one for part in _PARTS for name, one in part.BREAKS.items()}
ROWS: tuple[Callable[[Register], None], ...] = tuple(part.rows for part in _PARTS)
