"""Single rows of the register that the security tests try addresses on."""

from django.test import Client

from households.choices import TieKind
from households.choices.reorganisations import ReorganisationKind
from households.models import (
    Area,
    DeclaredTie,
    Household,
    ImportBatch,
    ImportColumns,
    OpenSession,
    PointTable,
    RecognitionDecision,
    Reorganisation,
    TakenOverHousehold,
    TakenOverList,
    User,
    WorkedHousehold,
)
from households.services import open_sessions
from households.services.reorganisation import drafts
from households.services.reorganisation.plans import NewUnit, Part
from programs.choices import BenefitState
from programs.models import Benefit, Programme
from tests.households.conftest import TODAY


def worked(table: PointTable) -> WorkedHousehold:
    return WorkedHousehold.objects.create(
        point_table=table,
        name="Hộ mẫu",
        variant="NT2",
        answers={"motorbike": "yes", "tv": "no"},
        expected_b1_points=15,
    )


def session(reviewer: User) -> OpenSession:
    """Of a browser that nobody else has."""
    client = Client()
    client.force_login(reviewer)
    return open_sessions.begin(
        session=client.session, by=reviewer, device="Chrome, Android", address="192.0.2.7"
    )


def tie(reviewer: User, household: Household) -> DeclaredTie:
    return DeclaredTie.objects.create(
        user=reviewer,
        household=household,
        kind=TieKind.RELATED,
        declared_by=reviewer,
        declared_on=TODAY,
    )


def loan(household: Household, village: Area, officer: User) -> Benefit:
    return Benefit.objects.create(
        programme=Programme.objects.get(code="loan"), household=household,
        commune=village.parent, village=village, state=BenefitState.SERVED,
        acted_on="2024-05-01", served_on="2024-05-01", recorded_by=officer,
    )  # fmt: skip


def imported(commune: Area, batch: ImportBatch, household: Household) -> None:
    """Columns that were chosen, and a list that was taken over by the commune's decision."""
    decision = RecognitionDecision.objects.filter(commune=commune).latest("pk")
    ImportColumns.objects.create(user=batch.sent_by, signature="x")
    TakenOverList.objects.create(
        batch=batch, commune=commune, standard=decision.standard, year=2024,
        number=decision.number, decided_on="2024-12-10", effective_from="2025-01-01",
        decided_by="Hoàng Văn Chủ", signer_title="CHAIR", poor_households=1,
        near_poor_households=0,
    )  # fmt: skip
    TakenOverHousehold.objects.create(
        decision=decision, household=household, poverty_class="POOR", persons=4
    )


def reorganisation(commune: Area, officer: User) -> Reorganisation:
    return drafts.begin(
        area=commune, changed_on=TODAY, paper_number="12/NQ-HĐND", paper_date=TODAY,
        paper_by="HĐND xã", by=officer,
        parts=[Part(ReorganisationKind.VILLAGE_RENAME, (), (NewUnit("1"),))],
    )  # fmt: skip
