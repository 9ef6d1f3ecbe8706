"""Accounts by a list: every row is checked as if it were typed, then all or the good ones made."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import AreaLevel, Role
from households.errors import Invalid
from households.exchange.account_sheet import SheetRow
from households.folding import fold
from households.models import Area, User
from households.models.areas import AreaQuerySet
from households.services import first_login, users
from households.services.first_login import Slip

_LONGEST_NAME = 120
_PHONE = re.compile(r"0\d{9,10}", re.ASCII)


@dataclass
class CheckedRow:
    """A row with what it means; `problems` maps a column to its sentence. `account` is the one
    that has this phone already."""

    row: SheetRow
    role: Role | None = None
    area: Area | None = None
    phone: str = ""
    account: User | None = None
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return not self.problems


def check(*, rows: Sequence[SheetRow], by: User) -> list[CheckedRow]:
    """What is wrong with each row, and what it would make. Nothing is written. A fixed number of
    queries for the units and phones, then none for each row."""
    units = _Units(by)
    checked = [_checked(row, units, by) for row in rows]
    held = User.objects.filter(phone__in={one.phone for one in checked if one.phone})
    accounts = {account.phone: account for account in held}
    seen: dict[str, int] = {}
    for one in checked:
        if not one.phone:
            continue
        one.account = accounts.get(one.phone)
        if one.account:
            one.problems["phone"] = _("The account %(who)s has this phone already.") % {
                "who": f"{one.account} ({one.account.username})"
            }
        elif one.phone in seen:
            line = seen[one.phone]
            one.problems["phone"] = _("Row %(line)s has the same phone.") % {"line": line}
        seen.setdefault(one.phone, one.row.line)
    return checked


def create(*, rows: Sequence[SheetRow], by: User, only_good: bool) -> list[Slip]:
    """Make the accounts with a first-log-in code each, all in one transaction.

    Raises Invalid when a row is wrong and `only_good` is not asked, or when none is good.
    """
    with transaction.atomic():
        checked = check(rows=rows, by=by)
        good = [one for one in checked if one.is_good]
        if not good or (len(good) < len(checked) and not only_good):
            raise Invalid(_("The list has errors; nothing was made."))
        slips = []
        for one in good:
            assert one.role is not None
            assert one.area is not None
            name = one.row.cells["full_name"]
            account = users.create_user(
                username=_free_name(name),
                full_name=name,
                phone=one.phone,
                role=one.role,
                area=one.area,
                by=by,
            )
            slips.append(first_login.issue(user=account, by=by))
        return slips


def choices(by: User) -> dict[str, list[str]]:
    """What the template offers in its cells: roles, communes and villages that `by` may give."""
    units = _Units(by)
    roles = policies.roles_to_give(by)
    return {
        "role": [str(one.label) for one in Role if one in roles],
        "commune": sorted({one.name for one in units.units}, key=fold),
        "village": sorted({one.name for one in units.villages}, key=fold),
    }


class _Units:
    """Units of today in which `by` manages accounts, by folded name. Two queries."""

    def __init__(self, by: User) -> None:
        branches = policies.rights(by).branches(policies.MANAGES_ACCOUNTS)
        found: AreaQuerySet = Area.objects.under_any(branches).on(clock.today())
        self.units = list(found.exclude(level=AreaLevel.VILLAGE))
        self.villages = list(found.at(AreaLevel.VILLAGE).select_related("parent"))

    def unit(self, name: str) -> list[Area]:
        """Those of this name or code; without a name the one commune there is."""
        if not name:
            communes = [one for one in self.units if one.level == AreaLevel.COMMUNE]
            return communes if len(communes) == 1 else []
        return [one for one in self.units if name == one.code or fold(name) == fold(one.name)]

    def village(self, name: str, units: list[Area]) -> list[Area]:
        within = {one.pk for one in units}
        return [
            one
            for one in self.villages
            if fold(one.name) == fold(name) and (not units or one.parent_id in within)
        ]


def _checked(row: SheetRow, units: _Units, by: User) -> CheckedRow:
    one = CheckedRow(row)
    if not row.cells["full_name"]:
        one.problems["full_name"] = _("The name is missing.")
    elif len(row.cells["full_name"]) > _LONGEST_NAME:
        one.problems["full_name"] = _("The name is too long.")
    _read_phone(one)
    _read_role(one, by)
    _read_area(one, units)
    if one.role and one.area:
        reason = policies.why_not_give_role(by, one.role, one.area)
        if reason := reason or policies.why_role_not_there(one.role, one.area):
            one.problems["role"] = reason
    return one


def _read_phone(one: CheckedRow) -> None:
    typed = re.sub(r"[\s.\-]", "", one.row.cells["phone"]).removeprefix("'")
    if typed.startswith("+84"):
        typed = "0" + typed[3:]
    # Excel drops the leading zero of what it takes for a number.
    if len(typed) == 9 and typed.isdecimal():
        typed = "0" + typed
    if not typed:
        one.problems["phone"] = _("The phone is missing.")
    elif not _PHONE.fullmatch(typed):
        one.problems["phone"] = _("A phone has 10 figures and begins with 0.")
    else:
        one.phone = typed


def _read_role(one: CheckedRow, by: User) -> None:
    wanted = fold(one.row.cells["role"])
    for role in Role:
        if wanted and wanted in (fold(str(role.label)), fold(role.value)):
            one.role = role
    if one.role is None:
        one.problems["role"] = _("This role does not exist; choose one of the list.")
    elif one.role not in policies.roles_to_give(by):
        one.problems["role"] = _("You do not give this role.")


def _read_area(one: CheckedRow, units: _Units) -> None:
    commune, village = one.row.cells.get("commune", ""), one.row.cells.get("village", "")
    found = units.unit(commune)
    if commune and not found:
        one.problems["commune"] = _("No unit of your area has this name.")
        return
    column = "village" if village else "commune"
    if village:
        found = units.village(village, found)
    if len(found) == 1:
        one.area = found[0]
    elif len(found) > 1:
        one.problems[column] = _(
            "Several units have this name; write the commune, ward or town, or its code."
        )
    elif village:
        one.problems["village"] = _("This unit has no village of this name.")
    else:
        one.problems["commune"] = _("Write the village, or the commune, ward or town.")


def _free_name(full_name: str) -> str:
    """ "Nông Thị Hương" becomes nongthihuong, and nongthihuong2 when that is taken."""
    plain = re.sub(r"[^a-z0-9]", "", fold(full_name))[:100] or "user"
    return next(name for name in _tries(plain) if not User.objects.filter(username=name).exists())


def _tries(plain: str) -> Iterator[str]:
    yield plain
    for number in itertools.count(2):
        yield f"{plain}{number}"
