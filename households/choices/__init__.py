"""The closed sets of words that the register stores, with the labels officers read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.choices.attachments import PHOTO_KINDS as PHOTO_KINDS
from households.choices.attachments import AttachmentKind as AttachmentKind
from households.choices.certificates import CertificateState as CertificateState
from households.choices.certificates import ConfirmationPurpose as ConfirmationPurpose
from households.choices.certificates import ConfirmedStatus as ConfirmedStatus
from households.choices.household_ends import HouseholdEndReason as HouseholdEndReason
from households.choices.procedure import COMPLAINT_IS_OPEN as COMPLAINT_IS_OPEN
from households.choices.procedure import ComplaintKind as ComplaintKind
from households.choices.procedure import ComplaintState as ComplaintState
from households.choices.procedure import MeetingOutcome as MeetingOutcome
from households.choices.procedure import RoundStage as RoundStage
from households.choices.procedure import SignerTitle as SignerTitle
from households.choices.requests import REVIEWED_KINDS as REVIEWED_KINDS
from households.choices.requests import RequestChannel as RequestChannel
from households.choices.requests import RequestKind as RequestKind
from households.choices.requests import RequestState as RequestState


class AreaLevel(TextChoices):
    PROVINCE = "PROVINCE", _("Province")
    DISTRICT = "DISTRICT", _("District")
    COMMUNE = "COMMUNE", _("Commune")
    VILLAGE = "VILLAGE", _("Village")


class TraitKind(TextChoices):
    """What can be said of an area for a time."""

    TYPE = "TYPE", _("Type of unit")
    SETTLEMENT = "SETTLEMENT", _("Urban or rural")
    ZONE = "ZONE", _("Development zone")
    POOR_DISTRICT = "POOR_DISTRICT", _("Poor district")
    EXTREMELY_DIFFICULT = "EXTREMELY_DIFFICULT", _("Specially difficult")


class AreaType(TextChoices):
    """Values of the trait TYPE, as the law names the kinds of units."""

    PROVINCE = "PROVINCE", pgettext_lazy("type of unit", "Province")
    CITY = "CITY", pgettext_lazy("type of unit", "City")
    DISTRICT = "DISTRICT", pgettext_lazy("type of unit", "District")
    WARD = "WARD", pgettext_lazy("type of unit", "Ward")
    TOWN = "TOWN", pgettext_lazy("type of unit", "Town")
    COMMUNE = "COMMUNE", pgettext_lazy("type of unit", "Commune")


class Settlement(TextChoices):
    RURAL = "RURAL", _("Rural")
    URBAN = "URBAN", _("Urban")


class AreaChangeKind(TextChoices):
    MERGE = "MERGE", _("Merged into")
    SPLIT = "SPLIT", _("Split into")
    RENAME = "RENAME", _("Renamed")
    MOVE = "MOVE", _("Moved to another unit")
    ABOLISH = "ABOLISH", _("Abolished")


class Sex(TextChoices):
    MALE = "M", _("Male")
    FEMALE = "F", _("Female")


class BirthPrecision(TextChoices):
    """How much of a birth date is known; a year alone counts as 1 January."""

    DAY = "DAY", _("Day, month and year")
    YEAR = "YEAR", _("Year only")


class Relation(TextChoices):
    HEAD = "head", pgettext_lazy("relation", "Head")
    SPOUSE = "spouse", pgettext_lazy("relation", "Spouse")
    CHILD = "child", pgettext_lazy("relation", "Child")
    PARENT = "parent", pgettext_lazy("relation", "Parent")
    GRANDPARENT = "grandparent", pgettext_lazy("relation", "Grandparent")
    GRANDCHILD = "grandchild", pgettext_lazy("relation", "Grandchild")
    SIBLING = "sibling", pgettext_lazy("relation", "Sibling")
    CHILD_IN_LAW = "child_in_law", pgettext_lazy("relation", "Child-in-law")
    OTHER = "other", pgettext_lazy("relation", "Other relation")


class Employment(TextChoices):
    SELF_EMPLOYED_FARM = "self_employed_farm", _("Own farm, forestry, fishery")
    SELF_EMPLOYED_OTHER = "self_employed_other", _("Own business")
    WAGE = "wage", _("Wage work")
    UNEMPLOYED_SEEKING = "unemployed_seeking", _("Without work, seeking")
    NOT_SEEKING = "not_seeking", _("Not seeking work")
    STUDENT = "student", _("Pupil, student")
    NOT_ABLE = "not_able", _("Not able to work")


class SchoolLevel(TextChoices):
    """Levels rise in this order; vocational counts as upper secondary or higher."""

    NONE = "none", pgettext_lazy("school level", "None")
    PRESCHOOL = "preschool", _("Preschool")
    PRIMARY = "primary", _("Primary")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("Upper secondary")
    VOCATIONAL = "vocational", _("Vocational")
    COLLEGE_UNIVERSITY = "college_university", _("College, university")


class PovertyClass(TextChoices):
    """In the one order used everywhere."""

    POOR = "POOR", _("Poor household")
    NEAR_POOR = "NEAR_POOR", _("Near-poor household")
    AVERAGE = "AVERAGE", _("Average living standard")
    NOT_POOR = "NOT_POOR", _("Not poor")


class IncomeBasis(TextChoices):
    """The instrument that told which side of the income line a household is on."""

    DECLARED = "DECLARED", _("Declared or measured income")
    POINTS = "POINTS", _("Points from the answers of form B")
    PAPER = "PAPER", _("B1 total of the signed paper form")


class RoundKind(TextChoices):
    PERIODIC = "PERIODIC", _("Periodic review")
    AD_HOC = "AD_HOC", _("Ad-hoc review")


class StandardPart(TextChoices):
    CLOSING = "CLOSING", _("Closing the old period")
    OPENING = "OPENING", _("Opening the new period")
    BOTH = "BOTH", _("Closing and opening")


class VillageState(TextChoices):
    LISTED = "LISTED", _("List made")
    SURVEYED = "SURVEYED", _("Surveyed")
    MEETING_HELD = "MEETING_HELD", _("Village meeting held")
    POSTED = "POSTED", _("Posted")
    CLOSED = "CLOSED", _("Posting closed")


class CommuneState(TextChoices):
    OPEN = "OPEN", _("Under review")
    VILLAGES_CLOSED = "VILLAGES_CLOSED", _("All villages closed")
    SENT_UP = "SENT_UP", _("Sent up")
    OPINION = "OPINION", _("Opinion received")
    RETURNED = "RETURNED", _("Returned")
    RECOGNISED = "RECOGNISED", _("Recognised")


class SurveyState(TextChoices):
    DRAFT = "DRAFT", _("Being filled in")
    COMPLETE = "COMPLETE", _("Complete")


class InRound(TextChoices):
    """Where a household stands in the round under way."""

    DUE = "due", _("On the list, no form yet")
    NO_FORM = "none", _("No form yet")
    DRAFT = "DRAFT", _("Being filled in")
    COMPLETE = "COMPLETE", _("Complete")
    ERROR = "error", pgettext_lazy("form", "In error")


class SurveyOrigin(TextChoices):
    FORM = "FORM", _("Typed in")
    IMPORT = "IMPORT", _("Imported")


class DecisionOrigin(TextChoices):
    PROCEDURE = "PROCEDURE", _("Review procedure")
    ADOPTED_FROM_PAPER = "ADOPTED_FROM_PAPER", _("Adopted from paper")
    SUPPLEMENT = "SUPPLEMENT", _("Supplement for households kept back")
    CORRECTION = "CORRECTION", _("Correction")
    SINGLE = "SINGLE", _("Recognition on request")
    ESCAPES = "ESCAPES", _("Escapes taken over from paper")


class HowIn(TextChoices):
    """How a household came onto a class of the official list."""

    OPENING = "OPENING", _("First list under the standard")
    FROM_POOR = "FROM_POOR", _("Was poor")
    FROM_NEAR_POOR = "FROM_NEAR_POOR", _("Was near-poor")
    RELAPSED = "RELAPSED", _("Fell back")
    NEW_ENTRY = "NEW_ENTRY", _("Newly arisen")
    MOVED = "MOVED", _("Moved in")
    SPLIT = "SPLIT", _("Split from another household")
    MERGED = "MERGED", _("Merged")
    OTHER_IN = "OTHER_IN", _("Other increase")
    ADOPTED = "ADOPTED", _("Taken over from earlier lists")


class HowOut(TextChoices):
    """How a period of the official list ended."""

    TO_POOR = "TO_POOR", _("Became poor")
    TO_NEAR_POOR = "TO_NEAR_POOR", _("Became near-poor")
    TO_AVERAGE = "TO_AVERAGE", _("Became average living standard")
    ESCAPED = "ESCAPED", _("Escaped")
    NEW_STANDARD = "NEW_STANDARD", _("Continued under a new standard")
    OTHER_OUT = "OTHER_OUT", _("Other decrease")


class HouseholdEventKind(TextChoices):
    """What became of a household between two reviews."""

    MOVED = "MOVED", _("Moved to another village")
    SPLIT = "SPLIT", _("A household split off")
    MERGED = "MERGED", _("Merged into another household")
    ENDED = "ENDED", _("Household ended")
    JOINED = "JOINED", _("Member joined")
    LEFT = "LEFT", _("Member left")
    DIED = "DIED", _("Member died")
    CORRECTED = "CORRECTED", _("Member's facts corrected")
    HEAD_CHANGED = "HEAD_CHANGED", _("Head changed")


class Role(TextChoices):
    REVIEWER = "REVIEWER", _("Reviewer")
    VILLAGE_HEAD = "VILLAGE_HEAD", _("Village head")
    COMMUNE_OFFICER = "COMMUNE_OFFICER", _("Commune poverty officer")
    COMMUNE_CHAIR = "COMMUNE_CHAIR", _("Commune chair")
    FATHERLAND_FRONT = "FATHERLAND_FRONT", _("Fatherland Front")
    DISTRICT_READER = "DISTRICT_READER", _("District reader")
    DEPARTMENT = "DEPARTMENT", _("Department staff")
    INSPECTOR = "INSPECTOR", _("Inspector")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")
    API_CLIENT = "API_CLIENT", _("API client")


#: At which levels a role is held; a role that is not named is held at any.
LEVELS_OF_ROLE: dict[str, frozenset[AreaLevel]] = {
    Role.REVIEWER: frozenset({AreaLevel.VILLAGE, AreaLevel.COMMUNE}),
    Role.VILLAGE_HEAD: frozenset({AreaLevel.VILLAGE}),
    Role.COMMUNE_OFFICER: frozenset({AreaLevel.COMMUNE}),
    Role.COMMUNE_CHAIR: frozenset({AreaLevel.COMMUNE}),
    Role.FATHERLAND_FRONT: frozenset({AreaLevel.COMMUNE, AreaLevel.DISTRICT, AreaLevel.PROVINCE}),
    Role.DISTRICT_READER: frozenset({AreaLevel.DISTRICT}),
    Role.DEPARTMENT: frozenset({AreaLevel.PROVINCE}),
    Role.INSPECTOR: frozenset({AreaLevel.COMMUNE, AreaLevel.DISTRICT, AreaLevel.PROVINCE}),
    Role.ADMINISTRATOR: frozenset({AreaLevel.PROVINCE}),
}


class TieKind(TextChoices):
    """Why somebody does not review a household."""

    OWN = "OWN", _("My own household")
    RELATED = "RELATED", _("A relative's household")


class PointTableState(TextChoices):
    DRAFT = "DRAFT", _("Being entered")
    PROPOSED = "PROPOSED", _("Waiting for a second person")
    IN_FORCE = "IN_FORCE", _("In force")
    RETIRED = "RETIRED", _("No longer used")


class InstallationKind(TextChoices):
    DEMO = "DEMO", _("Demonstration with invented people")
    REAL = "REAL", _("Real register")


class Purpose(TextChoices):
    """What a list with names is printed or downloaded for."""

    FIELD_WORK = "FIELD_WORK", _("Review in the field")
    MEETING = "MEETING", _("Village meeting")
    POSTING = "POSTING", _("Public posting")
    REPORT = "REPORT", _("Report to a higher level")
    INSPECTION = "INSPECTION", _("Inspection")
    OTHER = "OTHER", _("Other, as written beside")
