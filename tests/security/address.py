"""What an address of the product is, to the security tests."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.security.conftest import Register
from tests.security.whom import For

GET, POST, BOTH = frozenset({"GET"}), frozenset({"POST"}), frozenset({"GET", "POST"})
Args = Callable[[Register], tuple[object, ...]]


@dataclass(frozen=True)
class Address:
    """`owned`: what it shows belongs to an area, and is not found from any other."""

    whom: For
    takes: frozenset[str]
    args: Args = lambda register: ()
    owned: bool = False
