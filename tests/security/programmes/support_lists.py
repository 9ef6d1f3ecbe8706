"""Lists for bank, insurer and school, and what only a loan has."""

from programs.choices import BenefitState
from programs.choices.support_lists import ListState
from programs.models import Benefit, LoanFacts, Programme, SupportList, SupportListRow
from programs.models.programmes import ProgrammeTerms
from tests.security import arguments as args
from tests.security.address import BOTH, GET, POST, Address
from tests.security.conftest import Register
from tests.security.whom import For


def _made(register: Register, state: ListState) -> SupportList:
    """The commune's list in this state, with the household of the register on it."""
    loan = Programme.objects.get(code="loan")
    is_out = state == ListState.HANDED_OVER
    found, is_new = SupportList.objects.get_or_create(
        programme=loan, commune=register.commune, state=state, receiver="BANK",
        defaults={
            "listed_on": "2024-10-01", "receiver_name": "Ngân hàng", "opened_by": register.officer,
            "paper_number": "1/DS" if is_out else "", "signed_by": "Hoàng Văn Chủ",
            "handed_over_on": "2024-10-02" if is_out else None,
        },
    )  # fmt: skip
    if is_new:
        benefit = _loan(register) if is_out else None
        SupportListRow.objects.create(
            support_list=found, programme=loan, household=register.household,
            village=register.village, on_draft=not is_out, listed_no=1 if is_out else None,
            benefit=benefit, terms=ProgrammeTerms.objects.filter(programme=loan).earliest("pk"),
        )  # fmt: skip
    return found


def _loan(register: Register) -> Benefit:
    made = Benefit.objects.create(
        programme=Programme.objects.get(code="loan_business"), household=register.household,
        commune=register.commune, village=register.village, state=BenefitState.LISTED,
        acted_on="2024-10-02", recorded_by=register.officer,
    )  # fmt: skip
    LoanFacts.objects.create(benefit=made, loan_months=12)
    return made


def _draft(register: Register) -> tuple[object, ...]:
    return (_made(register, ListState.DRAFT).uuid,)


def _handed_over(register: Register) -> tuple[object, ...]:
    return (_made(register, ListState.HANDED_OVER).uuid,)


ADDRESSES: dict[str, Address] = {
    "programs:support_lists": Address(For.READERS, GET),
    "programs:support_lists_due": Address(For.READERS, GET, args.own_commune, owned=True),
    "programs:support_list_new": Address(
        For.CHECKERS, BOTH, lambda r: (r.commune.pk, "loan"), owned=True
    ),
    "programs:health_cards": Address(For.READERS, GET, args.own_commune, owned=True),
    "programs:support_list": Address(For.READERS, GET, _draft, owned=True),
    "programs:support_list_put_due": Address(For.CHECKERS, POST, _draft, owned=True),
    "programs:support_list_village": Address(
        For.CHECKERS, BOTH, lambda r: (*_draft(r), r.village.pk), owned=True
    ),
    "programs:support_list_asked": Address(For.CHECKERS, BOTH, _draft, owned=True),
    "programs:support_list_hand_over": Address(For.CHECKERS, POST, _draft, owned=True),
    "programs:support_list_drop": Address(For.CHECKERS, POST, _draft, owned=True),
    "programs:support_list_answers": Address(For.CHECKERS, BOTH, _handed_over, owned=True),
    "programs:support_list_paste": Address(For.CHECKERS, POST, _handed_over, owned=True),
    "programs:support_list_paper": Address(
        For.CHECKERS, BOTH, lambda r: (*_handed_over(r), "receiver"), owned=True
    ),
}

_LIST, _ROW = "UPDATE programs_supportlist SET", "UPDATE programs_supportlistrow SET"
_FACTS = "UPDATE programs_loanfacts SET"
_OF_DRAFT = "WHERE state = 'DRAFT'"
BREAKS: dict[str, str] = {
    "programs_loanfacts_benefit_id_key": "copy programs_loanfacts",
    "programs_loanfacts_months_of_a_loan": f"{_FACTS} loan_months = 601",
    "programs_loanfacts_purpose_known": f"{_FACTS} purpose = 'GOLD'",
    "programs_supportlist_draft_has_no_day": (f"{_LIST} handed_over_on = '2024-10-05' {_OF_DRAFT}"),
    "programs_supportlist_dropped_has_a_reason": f"{_LIST} state = 'DROPPED'",
    "programs_supportlist_handed_over_after_its_day": (
        f"{_LIST} listed_on = '2024-10-03' WHERE state = 'HANDED_OVER'"
    ),
    "programs_supportlist_handed_over_by_a_paper": (
        f"{_LIST} paper_number = '' WHERE state = 'HANDED_OVER'"
    ),
    "programs_supportlist_has_a_receiver": f"{_LIST} receiver_name = ''",
    "programs_supportlist_receiver_known": f"{_LIST} receiver = 'POSTMAN'",
    "programs_supportlist_school_year_is_a_year": f"{_LIST} school_year = 24",
    "programs_supportlist_state_known": f"{_LIST} state = 'LOST'",
    "programs_supportlist_uuid_key": "copy programs_supportlist",
    "programs_supportlistrow_amount_not_negative": f"{_ROW} amount_vnd = -1",
    "programs_supportlistrow_benefit_id_key": (
        "copy programs_supportlistrow SET person_id = (SELECT min(id) FROM households_person)"
        ", listed_no = 2 WHERE listed_no = 1"
    ),
    "programs_supportlistrow_benefit_once_handed_over": f"{_ROW} on_draft = true",
    "programs_supportlistrow_months_of_a_loan": f"{_ROW} loan_months = 0",
    "programs_supportlistrow_months_of_a_year": f"{_ROW} months = 13",
    "programs_supportlistrow_number_once": (
        "copy programs_supportlistrow SET person_id = (SELECT min(id) FROM households_person)"
        ", benefit_id = NULL WHERE listed_no = 1"
    ),
    "programs_supportlistrow_on_one_draft": (
        "copy programs_supportlistrow SET support_list_id = (SELECT max(id) FROM"
        " programs_supportlist) WHERE on_draft"
    ),
    "programs_supportlistrow_once_a_list": (
        "copy programs_supportlistrow SET listed_no = NULL, benefit_id = NULL WHERE listed_no = 1"
    ),
    "programs_supportlistrow_purpose_known": f"{_ROW} purpose = 'GOLD'",
    "programs_supportlistrow_school_level_known": f"{_ROW} school_level = 'kindergarten'",
}


def rows(register: Register) -> None:
    """A draft and a list that was handed over, each with a row, and one taken back before it had
    any."""
    _made(register, ListState.DRAFT)
    found = _made(register, ListState.HANDED_OVER)
    SupportList.objects.create(
        programme=found.programme, commune=register.commune, listed_on="2024-10-01",
        receiver="BANK", receiver_name="Ngân hàng", state=ListState.DROPPED, reason="nhầm",
        opened_by=register.officer,
    )  # fmt: skip
