"""One commune full of families and papers, and the people who may and may not see them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from households.choices import (
    AttachmentKind,
    CommuneState,
    ComplaintKind,
    ConfirmationPurpose,
    RequestChannel,
    RequestKind,
    Role,
    SignerTitle,
)
from households.choices.inspections import SampleStrata
from households.models import (
    Area,
    Assignment,
    Attachment,
    Certificate,
    CommuneReview,
    Complaint,
    DeclaredTie,
    DuplicatePair,
    EthnicGroup,
    Household,
    HouseholdTransfer,
    ImportBatch,
    InspectionSample,
    OpenSession,
    OutputLayout,
    Person,
    PointTable,
    PovertyStandard,
    ResultSlip,
    ReturnedDifference,
    ReviewRequest,
    ReviewRound,
    SavedList,
    StatusConfirmation,
    Survey,
    User,
    WorkedHousehold,
)
from households.services import (
    attachments,
    certificates,
    inspections,
    requests,
    result_slips,
    status_confirmations,
    surveys,
)
from households.services.household_acts import moves
from households.services.system_user import system_user
from programs.services import programmes
from tests.factories import areas, layouts, people, pictures, procedure, reviews, users
from tests.factories import standards as make
from tests.remembered import remembered
from tests.security import rows

TODAY = dt.date(2024, 10, 15)
NUMBER = "006080123456"
DRAFT_NUMBER = "006085234567"
#: Told only to those who settle complaints.
COMPLAINER = "Phùng Văn Khiếu"
#: Words that stand nowhere but in the papers of commune A.
SECRETS = ("Quàng Thị Kín", "Lò Văn Giấu", NUMBER, DRAFT_NUMBER, "0912345678")


@dataclass(frozen=True)
class Register:
    """Commune A with a complete family, a known one with a draft, and its officer; commune B next
    door; another province. `people` holds one user for each role at home in A."""

    province: Area
    commune: Area
    village: Area
    stranger_commune: Area
    stranger_village: Area
    round: ReviewRound
    survey: Survey
    draft: Survey
    person: Person
    table: PointTable
    worked: WorkedHousehold
    assignment: Assignment
    tie: DeclaredTie
    attachment: Attachment
    session: OpenSession
    complaint: Complaint
    saved_list: SavedList
    request: ReviewRequest
    slip: ResultSlip
    certificate: Certificate
    confirmation: StatusConfirmation
    transfer: HouseholdTransfer
    sample: InspectionSample
    import_batch: ImportBatch
    stranger: User
    stranger_administrator: User
    people: dict[Role, User] = field(default_factory=dict)

    @property
    def household(self) -> Household:
        return self.survey.household

    @property
    def layout(self) -> OutputLayout:
        return layouts.shared(self.people[Role.DEPARTMENT])

    @property
    def difference(self) -> ReturnedDifference:
        """Of a sheet that the commune read back and kept."""
        department = self.people[Role.DEPARTMENT]
        return layouts.returned(self.household, department, self.officer)

    @property
    def officer(self) -> User:
        return self.people[Role.COMMUNE_OFFICER]


#: Where a role of the register is at home; every other one works in commune A.
_AT_HOME_ABOVE = {Role.DEPARTMENT, Role.ADMINISTRATOR, Role.DISTRICT_READER}


@pytest.fixture
def register(db: None, settings: Settings, tmp_path: Path) -> Register:
    settings.POVREG_TODAY = TODAY
    settings.MEDIA_ROOT = tmp_path / "attachments"
    with transaction.atomic():  # also where the test commits
        return remembered(_register, files_in=settings.MEDIA_ROOT)


def _register() -> Register:
    EthnicGroup.objects.create(code="02", name="Tày", is_minority=True)
    province = areas.province()
    district = areas.district(province)
    commune = areas.commune(district)
    next_door = areas.commune(district, "02011", "Xã Khác")
    elsewhere = areas.province("19", "Tỉnh Khác")
    third = areas.village(areas.commune(district, "02014", "Xã Thứ Ba"), "Thôn Ba")
    roles = {
        role: users.user(f"u_{role.lower()}", role, province if role in _AT_HOME_ABOVE else commune)
        for role in Role
    }
    village, standard = areas.village(commune), reviews.standard()
    round = reviews.periodic(province, 2024, standard)
    survey = _complete(round, village, roles[Role.COMMUNE_OFFICER])
    table = _table(standard, roles[Role.DEPARTMENT])
    draft = _draft(round, village, roles[Role.COMMUNE_OFFICER])
    _known_before(survey, draft, roles)
    procedure.confirm_terms(roles[Role.DEPARTMENT])
    rows.reorganisation(commune, roles[Role.COMMUNE_OFFICER])
    return Register(
        province=province,
        commune=commune,
        village=village,
        stranger_commune=next_door,
        stranger_village=areas.village(next_door, "Thôn Hai"),
        round=round,
        survey=survey,
        draft=draft,
        person=Person.objects.get(full_name=SECRETS[0]),
        table=table,
        worked=rows.worked(table),
        assignment=roles[Role.REVIEWER].assignments.get(),
        complaint=_complaint(survey, roles[Role.COMMUNE_OFFICER]),
        attachment=_photo(survey, roles[Role.COMMUNE_OFFICER]),
        session=rows.session(roles[Role.REVIEWER]),
        tie=rows.tie(roles[Role.REVIEWER], survey.household),
        slip=result_slips.issue(surveys=[survey], by=roles[Role.COMMUNE_OFFICER])[survey.pk],
        request=_request(survey, roles[Role.COMMUNE_OFFICER]),
        certificate=_certificate(commune, roles[Role.COMMUNE_OFFICER]),
        confirmation=_confirmation(commune, draft.household, roles[Role.COMMUNE_OFFICER]),
        import_batch=_import_batch(roles[Role.COMMUNE_OFFICER]),
        sample=_sample(round, commune, roles),
        transfer=_transfer(survey, third, roles[Role.COMMUNE_OFFICER]),
        saved_list=_saved_list(roles[Role.COMMUNE_OFFICER]),
        stranger=users.user("khach", Role.COMMUNE_OFFICER, next_door),
        stranger_administrator=users.user("quantri_xa", Role.ADMINISTRATOR, elsewhere),
        people=roles,
    )


def _complete(round: ReviewRound, village: Area, officer: User) -> Survey:
    head = reviews.adult(SECRETS[0], personal_id=NUMBER)
    return reviews.surveyed(round, village, officer, members=[head], phone=SECRETS[4])


def _request(survey: Survey, officer: User) -> ReviewRequest:
    asked = requests.Asked(
        RequestKind.REVIEW, RequestChannel.DESK, TODAY, SECRETS[0], household=survey.household
    )
    return requests.receive(village=survey.village, asked=asked, by=officer)


def _sample(round: ReviewRound, commune: Area, people: dict[Role, User]) -> InspectionSample:
    order = inspections.Order("9/QĐ-TTr", 2023, 2024, TODAY, TODAY)
    inspector = people[Role.INSPECTOR]
    opened = inspections.open_inspection(
        inspector=inspector, area=commune, order=order, by=people[Role.DEPARTMENT]
    )
    return inspections.draw(
        inspection=opened, round=round, strata=SampleStrata.ALL, per_stratum=5, seed=7,
        by=inspector,
    )  # fmt: skip


def _import_batch(officer: User) -> ImportBatch:
    return ImportBatch.objects.create(sent_by=officer, household_file="h.csv", state="CHECKED")


def _transfer(survey: Survey, village: Area, officer: User) -> HouseholdTransfer:
    """The complete family is offered to a third commune, which nobody of the tests works in."""
    done = moves.move(household=survey.household, village=village, happened_on=TODAY, by=officer)
    assert done.offered
    return done.offered


def _table(standard: PovertyStandard, department: User) -> PointTable:
    """And a sheet for others, what a department defines."""
    layouts.shared(department)
    document = make.table_document("table_try", standard.code, is_sample=False)
    return make.point_table(standard, department, document)


def _known_before(survey: Survey, draft: Survey, people: dict[Role, User]) -> None:
    officer = people[Role.COMMUNE_OFFICER]
    _listed(draft, officer)
    layouts.ordered(officer)
    layouts.returned(survey.household, people[Role.DEPARTMENT], officer)
    homes = {"household_a": survey.household, "household_b": draft.household}
    DuplicatePair.objects.create(kind="HOUSEHOLD", **homes)


def _listed(draft: Survey, officer: User) -> None:
    """The household with a draft is on the list of the year before, and has a loan."""
    past = reviews.periodic(draft.round.province, 2023, reviews.standard())
    reviews.listed(past, draft.commune, officer, draft.household)
    programmes.load(by=system_user())
    rows.loan(draft.household, draft.village, officer)
    CommuneReview.objects.create(round=past, commune=draft.commune, state=CommuneState.RECOGNISED)


def _certificate(commune: Area, officer: User) -> Certificate:
    signed = certificates.Signed(TODAY, "Hoàng Văn Chủ", SignerTitle.CHAIR)
    certificates.issue_all(commune=commune, signed=signed, by=officer)
    return Certificate.objects.get()


def _confirmation(commune: Area, household: Household, officer: User) -> StatusConfirmation:
    asked = status_confirmations.Asked(TODAY, ConfirmationPurpose.SCHOOL)
    return status_confirmations.issue(household=household, commune=commune, asked=asked, by=officer)


def _complaint(survey: Survey, officer: User) -> Complaint:
    return Complaint.objects.create(
        round=survey.round, village=survey.village, commune=survey.commune,
        household=survey.household, kind=ComplaintKind.OPINION, received_on=TODAY, due_on=TODAY,
        from_name=COMPLAINER, words="Nhà có xe máy", recorded_by=officer,
    )  # fmt: skip


def _saved_list(officer: User) -> SavedList:
    return SavedList.objects.create(
        user=officer, name="Hộ nghèo", poverty_class="POOR", is_default=True
    )


def _photo(survey: Survey, officer: User) -> Attachment:
    sources = [pictures.jpeg()]
    (kept,) = attachments.add(survey=survey, kind=AttachmentKind.HOUSE, sources=sources, by=officer)
    return kept


def _draft(round: ReviewRound, village: Area, officer: User) -> Survey:
    known = people.household(village, people.person(SECRETS[1], personal_id=DRAFT_NUMBER))
    return surveys.start(round=round, household=known, by=officer)


@pytest.fixture
def logged_in() -> Callable[[User], Client]:
    """A browser session of a user, pages in English."""

    def log_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return log_in
