"""Lists of support, their rows, and persons outside the register."""

from programs.choices import BenefitState
from programs.choices.benefit_lists import ListState, RowOutcome
from programs.models import Benefit, BenefitList, BenefitListRow, Programme
from tests.security.address import BOTH, GET, Address
from tests.security.conftest import Register
from tests.security.whom import For


def _listed(register: Register) -> BenefitList:
    """A list of the register's commune, checked, with a row about nobody known."""
    listed, is_new = BenefitList.objects.get_or_create(
        programme=Programme.objects.get(code="loan"), area=register.commune, year=2024,
        file_hash="1" * 64,
        defaults={
            "sender": "Ngân hàng", "listed_on": "2024-06-30", "sent_by": register.officer,
            "file_name": "vay.csv", "state": ListState.WRITTEN,
            "reading": {
                "sheet": "vay.csv", "first_line": 1, "headings": ["Họ tên"], "columns": ["NAME"],
                "samples": [["Nông Văn Lạ"]], "signature": "x", "unread": [], "passed_over": [],
            },
            "counts": {"rows": 1, "times": 0, "amount_vnd": 0, "in_error": 0},
        },
    )  # fmt: skip
    if is_new:
        BenefitListRow.objects.create(
            of_list=listed, line=2, outcome=RowOutcome.UNMATCHED, why_not="UNKNOWN",
            name="Nông Văn Lạ", day="2024-05-01",
        )  # fmt: skip
    return listed


def _list(register: Register) -> tuple[object, ...]:
    return (_listed(register).uuid,)


def _row(register: Register) -> tuple[object, ...]:
    return (_listed(register).uuid, 2)


def _outside(register: Register) -> tuple[object, ...]:
    made, __ = Benefit.objects.get_or_create(
        programme=Programme.objects.get(code="health_card"), outside_name="Bàn Văn Cụ",
        defaults={
            "commune": register.commune, "state": BenefitState.SERVED, "acted_on": "2024-05-01",
            "served_on": "2024-05-01", "outside_ground": "Người có công",
            "recorded_by": register.officer,
        },
    )  # fmt: skip
    return (made.uuid,)


ADDRESSES: dict[str, Address] = {
    "programs:benefit_lists": Address(For.LIST_READERS, GET),
    "programs:benefit_list_new": Address(For.CHECKERS, BOTH),
    "programs:benefit_list": Address(For.LIST_READERS, BOTH, _list, owned=True),
    "programs:benefit_list_columns": Address(For.OFFICERS, BOTH, _list, owned=True),
    "programs:benefit_list_row": Address(For.LIST_READERS, BOTH, _row, owned=True),
    "programs:outside_list": Address(For.CHECKERS, GET),
    "programs:outside_new": Address(For.CHECKERS, BOTH, lambda register: ("health_card",)),
    "programs:outside_benefit": Address(For.CHECKERS, BOTH, _outside, owned=True),
}

BREAKS: dict[str, str] = {
    "programs_benefitlist_file_once": ("copy programs_benefitlist SET uuid = gen_random_uuid()"),
    "programs_benefitlist_funding_known": "UPDATE programs_benefitlist SET funding = 'lottery'",
    "programs_benefitlist_has_a_sender": "UPDATE programs_benefitlist SET sender = ''",
    "programs_benefitlist_state_known": "UPDATE programs_benefitlist SET state = 'LOST'",
    "programs_benefitlist_uuid_key": "copy programs_benefitlist SET file_hash = '2'",
    "programs_benefitlistrow_line_once": "copy programs_benefitlistrow",
    "programs_benefitlistrow_outcome_known": (
        "UPDATE programs_benefitlistrow SET outcome = 'LOST'"
    ),
    "programs_benefitlistrow_school_level_known": (
        "UPDATE programs_benefitlistrow SET school_level = 'nursery'"
    ),
    "programs_benefitlistrow_settled_by_somebody": (
        "UPDATE programs_benefitlistrow SET outcome = 'SETTLED'"
    ),
    "programs_benefitlistrow_why_not_known": "UPDATE programs_benefitlistrow SET why_not = 'SO'",
}


def rows(register: Register) -> None:
    """A list with a row."""
    _listed(register)
