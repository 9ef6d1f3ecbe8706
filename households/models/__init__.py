"""Facts and their constraints. Import models from here."""

from households.models.api_clients import AnsweredOnce, ApiClient, ApiToken, ApiUse
from households.models.areas import Area, AreaChange, AreaGroup, AreaTrait
from households.models.asking import HouseholdAsked
from households.models.assessments import Assessment
from households.models.attachments import Attachment
from households.models.audit import AuditEvent, ChangeMark, RowHistory
from households.models.calendar import ProcedureTerm, SpecialDay
from households.models.cards import HouseholdCard
from households.models.certificates import Certificate, CertificateChange, StatusConfirmation
from households.models.class_changes import ClassChange
from households.models.complaints import Complaint
from households.models.draft_confirmations import DraftConfirmation
from households.models.duplicates import DuplicateMerge, DuplicatePair, MergedPerson
from households.models.first_codes import FirstLoginCode
from households.models.household_events import HouseholdEvent
from households.models.import_batches import ImportBatch
from households.models.import_columns import ImportColumns
from households.models.inspections import Inspection, InspectionFinding, InspectionSample
from households.models.installation import Installation
from households.models.layout_returns import (
    LayoutAnswer,
    LayoutReturn,
    ReturnedDifference,
    ReturnedRow,
)
from households.models.lists import RecognitionDecision, StatusPeriod
from households.models.notices import Notice, NoticeReading
from households.models.oddities import OddityCheck, OddityDismissal
from households.models.open_sessions import OpenSession
from households.models.ordered_files import OrderedFile
from households.models.output_layouts import OutputLayout
from households.models.people import (
    Household,
    HouseholdKey,
    Membership,
    Person,
    PersonKey,
    Residence,
)
from households.models.posted_once import PostedOnce
from households.models.reference import EthnicGroup, ListEntry
from households.models.reorganisations import Reorganisation
from households.models.requests import ReviewRequest
from households.models.resident_counts import ResidentCount
from households.models.result_slips import ResultSlip
from households.models.rounds import (
    CommuneReview,
    ReviewRound,
    RoundDeadline,
    RoundStandard,
    VillageReview,
)
from households.models.saved_lists import SavedList
from households.models.search_names import SearchName, SearchWord
from households.models.second_factors import Passkey, RecoveryCode, SecondFactor
from households.models.standards import Confirmation, PointTable, PovertyStandard, WorkedHousehold
from households.models.steps import (
    MeetingVote,
    PublicPosting,
    StepTaken,
    SurveyReopening,
    VillageMeeting,
)
from households.models.surveys import Survey, SurveyMember
from households.models.taken_over import TakenOverHousehold, TakenOverList
from households.models.ties import DeclaredTie
from households.models.transfers import HouseholdTransfer
from households.models.users import Assignment, User
from households.models.webhooks import (
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookMessage,
)
from households.models.word_templates import WordTemplate

__all__ = [
    "AnsweredOnce",
    "ApiClient",
    "ApiToken",
    "ApiUse",
    "Area",
    "AreaChange",
    "AreaGroup",
    "AreaTrait",
    "Assessment",
    "Assignment",
    "Attachment",
    "AuditEvent",
    "Certificate",
    "CertificateChange",
    "ChangeMark",
    "ClassChange",
    "CommuneReview",
    "Complaint",
    "Confirmation",
    "DeclaredTie",
    "DraftConfirmation",
    "DuplicateMerge",
    "DuplicatePair",
    "EthnicGroup",
    "FirstLoginCode",
    "Household",
    "HouseholdAsked",
    "HouseholdCard",
    "HouseholdEvent",
    "HouseholdKey",
    "HouseholdTransfer",
    "ImportBatch",
    "ImportColumns",
    "Inspection",
    "InspectionFinding",
    "InspectionSample",
    "Installation",
    "LayoutAnswer",
    "LayoutReturn",
    "ListEntry",
    "MeetingVote",
    "Membership",
    "MergedPerson",
    "Notice",
    "NoticeReading",
    "OddityCheck",
    "OddityDismissal",
    "OpenSession",
    "OrderedFile",
    "OutputLayout",
    "Passkey",
    "Person",
    "PersonKey",
    "PointTable",
    "PostedOnce",
    "PovertyStandard",
    "ProcedureTerm",
    "PublicPosting",
    "RecognitionDecision",
    "RecoveryCode",
    "Reorganisation",
    "Residence",
    "ResidentCount",
    "ResultSlip",
    "ReturnedDifference",
    "ReturnedRow",
    "ReviewRequest",
    "ReviewRound",
    "RoundDeadline",
    "RoundStandard",
    "RowHistory",
    "SavedList",
    "SearchName",
    "SearchWord",
    "SecondFactor",
    "SpecialDay",
    "StatusConfirmation",
    "StatusPeriod",
    "StepTaken",
    "Survey",
    "SurveyMember",
    "SurveyReopening",
    "TakenOverHousehold",
    "TakenOverList",
    "User",
    "VillageMeeting",
    "VillageReview",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookMessage",
    "WordTemplate",
    "WorkedHousehold",
]
