"""The households behind a figure."""

from tests.security.address import BOTH, GET, Address
from tests.security.whom import For

ADDRESSES: dict[str, Address] = {
    "reports:behind": Address(For.MONEY_READERS, GET),
    "reports:behind_file": Address(For.MONEY_READERS, BOTH),
}
