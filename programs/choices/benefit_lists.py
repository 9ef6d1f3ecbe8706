"""Words of lists that come from who gives the support: bank, insurer, school, treasury."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListState(TextChoices):
    """From the file that came to benefits on record, and back."""

    TO_READ = "TO_READ", _("Waits to be checked")
    READING = "READING", _("Is being checked")
    CHECKED = "CHECKED", pgettext_lazy("benefit list", "Checked, not recorded yet")
    TO_WRITE = "TO_WRITE", pgettext_lazy("benefit list", "Waits to be recorded")
    WRITING = "WRITING", pgettext_lazy("benefit list", "Is being recorded")
    WRITTEN = "WRITTEN", pgettext_lazy("benefit list", "Recorded")
    TO_UNDO = "TO_UNDO", pgettext_lazy("benefit list", "Waits to be taken back")
    UNDONE = "UNDONE", pgettext_lazy("benefit list", "Taken back")
    DISCARDED = "DISCARDED", pgettext_lazy("benefit list", "Thrown away")
    FAILED = "FAILED", _("Cannot be read")


#: A job is at work, or will be.
UNDER_WAY = frozenset(
    {
        ListState.TO_READ,
        ListState.READING,
        ListState.TO_WRITE,
        ListState.WRITING,
        ListState.TO_UNDO,
    }
)
#: The very file is here: it is not taken a second time.
HERE = UNDER_WAY | {ListState.CHECKED, ListState.WRITTEN}
#: Who is below the list's area sees its own rows of it: nothing before it is recorded.
CAME_DOWN = frozenset({ListState.WRITTEN, ListState.TO_UNDO, ListState.UNDONE})


class RowOutcome(TextChoices):
    """What becomes of a row of a list."""

    NEW = "NEW", pgettext_lazy("row of a list", "New")
    STEP = "STEP", pgettext_lazy("row of a list", "Was on the way, now received")
    OUTSIDE = "OUTSIDE", pgettext_lazy("row of a list", "Person outside the register")
    SAME = "SAME", pgettext_lazy("row of a list", "On record already")
    UNMATCHED = "UNMATCHED", pgettext_lazy("row of a list", "Nobody found")
    AMBIGUOUS = "AMBIGUOUS", pgettext_lazy("row of a list", "Not certain who")
    REFUSED = "REFUSED", pgettext_lazy("row of a list", "Breaks a rule")
    SETTLED = "SETTLED", pgettext_lazy("row of a list", "Recorded by hand")
    SET_ASIDE = "SET_ASIDE", pgettext_lazy("row of a list", "Set aside")


#: What is recorded when the list is.
RECORDED = frozenset({RowOutcome.NEW, RowOutcome.STEP, RowOutcome.OUTSIDE})
#: What keeps a list from being recorded as a whole.
IN_ERROR = frozenset({RowOutcome.AMBIGUOUS, RowOutcome.REFUSED})
#: What somebody may settle by hand.
TO_SETTLE = frozenset({RowOutcome.UNMATCHED, RowOutcome.AMBIGUOUS, RowOutcome.REFUSED})


class ListColumn(TextChoices):
    """What the columns of a list may mean."""

    HOUSEHOLD_CODE = "HOUSEHOLD_CODE", _("code of the household")
    HOUSEHOLD_KEY = "HOUSEHOLD_KEY", _("key of the household in its source")
    PERSON_KEY = "PERSON_KEY", _("key of the person in its source")
    PERSONAL_ID = "PERSONAL_ID", _("personal number")
    NAME = "NAME", _("full name")
    BIRTH = "BIRTH", _("birth date or year")
    VILLAGE = "VILLAGE", _("village")
    COMMUNE = "COMMUNE", _("commune")
    COMMUNE_CODE = "COMMUNE_CODE", _("code of the commune")
    DAY = "DAY", _("day received")
    AMOUNT = "AMOUNT", _("amount")
    NUMBER = "NUMBER", _("number of the card, contract or decision")
    VALID_FROM = "VALID_FROM", _("valid from")
    VALID_TO = "VALID_TO", _("valid until")
    SCHOOL_YEAR = "SCHOOL_YEAR", _("school year")
    MONTHS = "MONTHS", _("months of the school year")
    SCHOOL_LEVEL = "SCHOOL_LEVEL", _("school level")
    GROUND = "GROUND", _("class or ground")


class RowFault(TextChoices):
    """The rule that a row breaks; of those in WARNINGS it is told, and the row recorded."""

    BAD_DAY = "BAD_DAY", _("The day cannot be read.")
    BAD_BIRTH = "BAD_BIRTH", _("The birth date cannot be read.")
    BAD_AMOUNT = "BAD_AMOUNT", _("The amount cannot be read for certain.")
    BAD_PERSONAL_ID = "BAD_PERSONAL_ID", _("The personal number has 12 digits.")
    BAD_VALIDITY = "BAD_VALIDITY", _("From when to when it is valid cannot be read.")
    BAD_SCHOOL_YEAR = "BAD_SCHOOL_YEAR", _("The school year cannot be read.")
    BAD_MONTHS = "BAD_MONTHS", _("A year has one to twelve months.")
    BAD_LEVEL = "BAD_LEVEL", _("The school level is not known.")
    TOO_LONG = "TOO_LONG", _("The number is too long.")
    FUTURE = "FUTURE", _("This day is still to come.")
    OTHER_YEAR = "OTHER_YEAR", _("The day lies in another year than the list.")
    ENDS_BEFORE = "ENDS_BEFORE", _("The last day lies before the first day.")
    OTHER_AREA = "OTHER_AREA", _("It is of another area than yours.")
    NO_HOME = "NO_HOME", _("The household did not live in the province on this day.")
    NOT_MEMBER = "NOT_MEMBER", _("This person did not belong to the household on this day.")
    DIED = "DIED", _("This person had died by this day.")
    WRONG_CLASS = "WRONG_CLASS", _("The list states another class or ground than the register.")
    OVER_CEILING = "OVER_CEILING", _("The amount is over the ceiling.")
    HELD_OVER = (
        "HELD_OVER",
        _("What is on record of it is over the ceiling of this ground and money."),
    )
    OVER_UNCONFIRMED = "OVER_UNCONFIRMED", _("It is over a ceiling that is not confirmed.")
    OVER_MONTHS = "OVER_MONTHS", _("More months than are paid a year.")
    ONCE = "ONCE", _("The household has this benefit already; it is given once.")
    TWICE = "TWICE", _("An earlier row of the list says the same.")


WARNINGS = frozenset({RowFault.OVER_UNCONFIRMED})


class WhyNobody(TextChoices):
    """Why a row is about nobody that is known for certain; codes of the matching of rows, and
    their words for lists."""

    NO_KEY = "NO_KEY", _("The row has neither a key nor a name with a birth date.")
    UNKNOWN = "UNKNOWN", _("Nobody of the area is found by it.")
    ELSEWHERE = (
        "ELSEWHERE",
        _("The register knows this one, but not in a household of the area on that day."),
    )
    SEVERAL = "SEVERAL", _("Several of the area have this name and birth.")
    DISAGREE = "DISAGREE", _("The keys of the row are those of different ones.")
    OTHER_PERSON = (
        "OTHER_PERSON",
        _("The key is of somebody with another name and another birth date."),
    )
    NO_COMMUNE = "NO_COMMUNE", _("Nobody is found, and the row names no commune.")


#: By name and birth within a village, beside what row matching knows.
BY_PLACE = "NAME_AND_PLACE"
