"""One button empties the practice area for everybody. Nothing real is ever touched.

Acts stay, for they are append-only, and so does the empty row of each household that an act
names: without members, home, key or form it appears nowhere.
"""

from dataclasses import dataclass

from django.db.models import Q

from households import clock, policies
from households.choices import AreaLevel
from households.errors import Refused
from households.models import (
    Area,
    Attachment,
    Certificate,
    CertificateChange,
    ChangeMark,
    ClassChange,
    CommuneReview,
    Complaint,
    DeclaredTie,
    DraftConfirmation,
    DuplicateMerge,
    DuplicatePair,
    Household,
    HouseholdAsked,
    HouseholdCard,
    HouseholdEvent,
    HouseholdKey,
    HouseholdTransfer,
    InspectionFinding,
    LayoutAnswer,
    MeetingVote,
    Membership,
    MergedPerson,
    Notice,
    OddityCheck,
    OddityDismissal,
    Person,
    PersonKey,
    PublicPosting,
    RecognitionDecision,
    Residence,
    ResultSlip,
    ReturnedDifference,
    ReturnedRow,
    ReviewRequest,
    StatusConfirmation,
    StatusPeriod,
    StepTaken,
    Survey,
    SurveyMember,
    SurveyReopening,
    TakenOverHousehold,
    User,
    VillageMeeting,
    VillageReview,
)
from households.services import attachments, audit

#: Everything that may point to a household, a person or a form, in the order it is cleared.
CLEARED = (
    ReturnedDifference, LayoutAnswer, ReturnedRow, MergedPerson, DuplicateMerge, DuplicatePair,
    Attachment, MeetingVote, VillageMeeting, SurveyReopening, PublicPosting, Complaint, StepTaken,
    StatusConfirmation, CertificateChange, Certificate, TakenOverHousehold, StatusPeriod,
    RecognitionDecision,
    HouseholdEvent, ClassChange, ReviewRequest, HouseholdAsked, ResultSlip, Survey, SurveyMember,
    InspectionFinding, HouseholdTransfer, Membership, Residence, HouseholdKey, DeclaredTie,
    HouseholdCard, PersonKey, Person, VillageReview, CommuneReview,
)  # fmt: skip
_END_REASON = "practice.empty"


@dataclass(frozen=True)
class Emptied:
    """How much was cleared."""

    households: int
    forms: int


def empty(*, by: User) -> Emptied:
    """Clear every household, form and act between reviews of the practice area; the ten stories
    begin anew for everybody. One transaction. Raises Refused."""
    if reason := policies.why_not_empty_practice(by):
        raise Refused(reason)
    commune = Area.objects.practice().at(AreaLevel.COMMUNE).first()
    with audit.act(by=by, verb="practice.empty", area=commune):
        households = _households()
        if not households:
            return Emptied(0, 0)
        persons = _persons(households)
        _clear_steps()
        forms = _clear_households(households)
        _clear_persons(persons)
        _clear_ways()
        Household.objects.filter(pk__in=households).update(
            ended_on=clock.today(), end_reason=_END_REASON, phone=""
        )
    return Emptied(len(households), forms)


def _households() -> list[int]:
    """All that ever lived, or were begun, in a village of the practice area; never another."""
    lived = Residence.objects.filter(village__is_practice=True).values("household")
    asked = Survey.objects.filter(village__is_practice=True).values("household")
    found = Household.objects.filter(Q(pk__in=lived) | Q(pk__in=asked))
    real = Residence.objects.filter(village__is_practice=False).values("household")
    return list(found.exclude(pk__in=real).values_list("pk", flat=True))


def _persons(households: list[int]) -> list[int]:
    """Persons known by these households only."""
    belonging = Membership.objects.filter(household__in=households).values("person")
    asked = SurveyMember.objects.filter(survey__household__in=households).values("person")
    found = Person.objects.filter(Q(pk__in=belonging) | Q(pk__in=asked))
    elsewhere = Membership.objects.exclude(household__in=households).values("person")
    surveyed = SurveyMember.objects.exclude(survey__household__in=households).filter(
        person__isnull=False
    )
    found = found.exclude(pk__in=elsewhere).exclude(pk__in=surveyed.values("person"))
    return list(found.values_list("pk", flat=True))


def _clear_steps() -> None:
    """What was practised of meetings, posting, complaints and decisions, with its papers."""
    steps = StepTaken.objects.filter(commune_review__commune__is_practice=True)
    attachments.forget(
        Attachment.objects.filter(
            Q(survey__village__is_practice=True)
            | Q(step__in=steps)
            | Q(complaint__commune__is_practice=True)
            | Q(decision__commune__is_practice=True)
            | Q(request__commune__is_practice=True)
        )
    )
    MeetingVote.objects.filter(meeting__step__in=steps).delete()
    VillageMeeting.objects.filter(step__in=steps).delete()
    SurveyReopening.objects.filter(survey__village__is_practice=True).delete()
    PublicPosting.objects.filter(village_review__village__is_practice=True).delete()
    Complaint.objects.filter(commune__is_practice=True).delete()
    ReviewRequest.objects.filter(commune__is_practice=True).delete()
    steps.delete()


def _clear_households(households: list[int]) -> int:
    """Forms deleted."""
    mine = Q(household__in=households)
    _clear_pairs(households)
    ReturnedDifference.objects.filter(row__household__in=households).delete()
    LayoutAnswer.objects.filter(mine).delete()
    ReturnedRow.objects.filter(mine).delete()
    StatusConfirmation.objects.filter(mine).delete()
    CertificateChange.objects.filter(certificate__household__in=households).delete()
    # The newest first: each points at the one it replaces.
    for certificate in Certificate.objects.filter(mine).order_by("-pk"):
        certificate.delete()
    TakenOverHousehold.objects.filter(mine).delete()
    StatusPeriod.objects.filter(mine).delete()
    RecognitionDecision.objects.filter(commune__is_practice=True).delete()
    HouseholdEvent.objects.filter(mine | Q(other_household__in=households)).delete()
    forms = Survey.objects.filter(mine)
    number = forms.count()
    ClassChange.objects.filter(survey__in=forms).delete()
    ResultSlip.objects.filter(survey__in=forms).delete()
    forms.delete()
    for model in (
        Membership, Residence, HouseholdKey, DeclaredTie, HouseholdCard, HouseholdAsked,
        HouseholdTransfer, InspectionFinding,
    ):  # fmt: skip
        model.objects.filter(mine).delete()
    return number


def _clear_pairs(households: list[int]) -> None:
    """The job leaves the practice area out; whatever else put a pair there."""
    pairs = DuplicatePair.objects.filter(
        Q(household_a__in=households) | Q(household_b__in=households)
    )
    MergedPerson.objects.filter(merge__pair__in=pairs).delete()
    DuplicateMerge.objects.filter(pair__in=pairs).delete()
    pairs.delete()


def _clear_persons(persons: list[int]) -> None:
    PersonKey.objects.filter(person__in=persons).delete()
    Person.objects.filter(pk__in=persons).delete()


def _clear_ways() -> None:
    """The round begins anew: no village and no commune is on its way."""
    DraftConfirmation.objects.filter(commune_review__commune__is_practice=True).delete()
    VillageReview.objects.filter(village__is_practice=True).delete()
    CommuneReview.objects.filter(commune__is_practice=True).delete()
    for model in (ChangeMark, OddityCheck, OddityDismissal):
        model.objects.filter(commune__is_practice=True).delete()
    Notice.objects.filter(area__is_practice=True).delete()
