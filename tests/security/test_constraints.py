"""Every rule that the database keeps, broken once by raw SQL."""

import json

import pytest

from households.choices import (
    ComplaintKind,
    ComplaintState,
    DecisionOrigin,
    HouseholdEventKind,
    HowIn,
    MeetingOutcome,
    PovertyClass,
)
from households.models import (
    AreaChange,
    AreaGroup,
    AuditEvent,
    Certificate,
    CertificateChange,
    ChangeMark,
    ClassChange,
    CommuneReview,
    Complaint,
    Confirmation,
    DraftConfirmation,
    DuplicateMerge,
    DuplicatePair,
    HouseholdAsked,
    HouseholdEvent,
    HouseholdKey,
    InspectionFinding,
    ListEntry,
    MeetingVote,
    MergedPerson,
    OddityCheck,
    OddityDismissal,
    Passkey,
    PersonKey,
    ProcedureTerm,
    PublicPosting,
    RecognitionDecision,
    ResidentCount,
    RoundDeadline,
    SecondFactor,
    SpecialDay,
    StatusPeriod,
    StepTaken,
    SurveyReopening,
    User,
    VillageMeeting,
    VillageReview,
    WordTemplate,
)
from tests.factories import layouts, people
from tests.security import api, rows
from tests.security.breaking import broken, kept_rules
from tests.security.broken_rules import BREAKS, UNUSED
from tests.security.conftest import Register

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_register(register: Register) -> Register:
    """A row in every table that has a rule."""
    department = register.table.entered_by
    people.person("Người Lẻ", personal_id="006090345678")
    ListEntry.objects.create(list_code="try", code="one", name_vi="Một", name_en="One")
    HouseholdKey.objects.create(source="so", key="H1", household=register.household)
    PersonKey.objects.create(source="so", key="P1", person=register.person)
    AreaChange.objects.create(
        kind="ABOLISH", from_area=register.stranger_commune, changed_on="2025-07-01"
    )
    looked_at(register, department)
    api.rows(register)
    RoundDeadline.objects.create(round=register.round, stage="CLOSED", due_on="2024-11-01")
    group = AreaGroup.objects.create(name="Vùng thử", province=register.province)
    group.communes.add(register.commune)
    merged(register)
    ChangeMark.objects.get_or_create(round=register.round, commune=register.commune)
    Confirmation.objects.create(
        standard_id=register.table.standard_id,
        path="lines.poverty.inclusive",
        value=json.loads("true"),
        source="Nghị định thử",
        confirmed_by=department,
        confirmed_on="2024-10-15",
    )
    ClassChange.objects.create(
        survey=register.survey,
        standard_id=register.table.standard_id,
        class_before=PovertyClass.POOR,
        class_after=PovertyClass.NEAR_POOR,
        facts=[],
        reason="Nhập nhầm",
    )
    changed(register)
    decided(register)
    rows.imported(register.commune, register.import_batch, register.household)
    reviewed(register)
    return register


def looked_at(register: Register, department: User) -> None:
    """What was asked, found odd, inspected, confirmed; a Word template of the province."""
    ResidentCount.objects.create(
        commune=register.commune, as_of="2024-10-01", settlement="RURAL", households=9, persons=40,
        entered_by=department,
    )  # fmt: skip
    OddityCheck.objects.create(round=register.round, commune=register.commune, left=1)
    OddityDismissal.objects.create(
        round=register.round, commune=register.commune, kind="EDGE", key="EDGE:1", reason="RIGHT",
        dismissed_by=department,
    )  # fmt: skip
    InspectionFinding.objects.create(
        inspection=register.sample.inspection, household=register.household, round=register.round,
        kind="RIGHT", found_on="2024-10-15", recorded_by=department,
    )  # fmt: skip
    WordTemplate.objects.create(
        province=register.province, paper="minutes", content=b"x", put_by=department
    )
    layouts.ordered(register.officer)
    layouts.returned(register.household, department, register.officer)
    DraftConfirmation.objects.create(
        commune_review=CommuneReview.objects.all()[0], digest="x", confirmed_by=department
    )
    HouseholdAsked.objects.create(
        round=register.round, household=register.household, answer="AWAY",
        asked_on="2024-10-15", recorded_by=department,
    )  # fmt: skip


def merged(register: Register) -> None:
    """One of the family was entered twice."""
    again = people.person("Quàng Thị Kín", birth_date=None)
    pair = DuplicatePair.objects.create(
        kind="PERSON", person_a=register.person, person_b=again,
        household_a=register.household, household_b=register.draft.household,
    )  # fmt: skip
    done = DuplicateMerge.objects.create(
        pair=pair, merge_act=AuditEvent.objects.earliest("pk"), kept_side="a",
        merged_by=register.officer,
    )  # fmt: skip
    MergedPerson.objects.create(merge=done, gone=again, kept=register.person)


def changed(register: Register) -> None:
    """The family moved, a member died, and a household split off it."""
    family = {"household": register.household, "happened_on": "2024-10-01"}
    HouseholdEvent.objects.create(kind=HouseholdEventKind.MOVED, **family)
    died = HouseholdEvent.objects.create(
        kind=HouseholdEventKind.DIED, person=register.person, **family
    )
    Certificate.objects.update(replaces=register.certificate)  # of itself: for the rule alone
    CertificateChange.objects.create(
        certificate=register.certificate,
        event=died,
        written_on="2024-10-15",
        recorded_by=register.officer,
    )
    HouseholdEvent.objects.create(
        kind=HouseholdEventKind.SPLIT, other_household=register.draft.household, **family
    )


def decided(register: Register) -> None:
    """The family on the list, by a decision of its commune."""
    decision = RecognitionDecision.objects.create(
        commune=register.commune,
        round=register.round,
        standard_id=register.table.standard_id,
        number="12/QĐ-UBND",
        decided_on="2024-12-10",
        effective_from="2025-01-01",
        recorded_by=register.officer,
        origin=DecisionOrigin.ADOPTED_FROM_PAPER,
    )
    StatusPeriod.objects.create(
        household=register.household,
        standard_id=register.table.standard_id,
        poverty_class=PovertyClass.POOR,
        valid_from="2025-01-01",
        decision_in=decision,
        how_in=HowIn.ADOPTED,
    )


def reviewed(register: Register) -> None:
    """The village met and posted its results; there was a complaint and a re-check."""
    way = VillageReview.objects.get(round=register.round, village=register.village)
    of_commune = CommuneReview.objects.get(round=register.round, commune=register.commune)
    step = StepTaken.objects.create(
        commune_review=of_commune, village_review=way, verb="village.meeting_held",
        acted_on="2024-10-02", recorded_by=register.officer,
    )  # fmt: skip
    held = VillageMeeting.objects.create(
        step=step, place="Nhà văn hóa", chair_name="Trưởng thôn", secretary_name="Thư ký",
        present=10, agreed=9, required_percent=50, outcome=MeetingOutcome.AGREED,
    )  # fmt: skip
    MeetingVote.objects.create(meeting=held, survey=register.survey, agreed=8)
    for household in (None, register.household):
        PublicPosting.objects.create(
            village_review=way, household=household, places="Nhà văn hóa",
            posted_on="2024-10-03", ends_on="2024-10-08", recorded_by=register.officer,
        )  # fmt: skip
    SurveyReopening.objects.create(
        survey=register.survey, reason="Phúc tra", opened_by=register.officer, due_on="2024-10-08"
    )
    Complaint.objects.create(
        round=register.round, village=register.village, commune=register.commune,
        household=register.household, kind=ComplaintKind.COMPLAINT, state=ComplaintState.KEPT,
        received_on="2024-10-04", due_on="2024-10-09", answered_on="2024-10-08", from_name="Người",
        words="Sai", recorded_by=register.officer,
    )  # fmt: skip
    ProcedureTerm.objects.create(
        name="posting_days", value=3, valid_from="2022-01-01", source="Văn bản",
        set_by=register.officer, set_on="2024-10-01",
    )  # fmt: skip
    factor = SecondFactor.objects.create(user=register.officer, secret=b"x")
    Passkey.objects.create(
        factor=factor, name="Điện thoại", credential_id=b"\x01", public_key=b"\x01"
    )
    SpecialDay.objects.create(
        day="2024-09-02", is_working=False, name_vi="Quốc khánh", name_en="National Day",
        source="Bộ luật Lao động",
    )  # fmt: skip


def test_every_rule_of_the_database_has_a_statement_that_breaks_it() -> None:
    assert kept_rules("households", UNUSED) == set(BREAKS)


def test_each_rule_refuses_what_breaks_it_and_says_its_name(full_register: Register) -> None:
    silent = {
        name: said or "the database takes it"
        for name, statement in BREAKS.items()
        for said in [broken(statement)]
        if name not in said
    }
    assert silent == {}
