"""Words of sheets that the receiver of a layout sends back."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReturnState(TextChoices):
    """From the file that came to the answers on the households' pages."""

    TO_READ = "TO_READ", _("Waits to be read")
    READING = "READING", _("Is being read")
    CHECKED = "CHECKED", pgettext_lazy("returned sheet", "Read, to be looked at")
    KEPT = "KEPT", pgettext_lazy("returned sheet", "Answers kept")
    TAKEN_BACK = "TAKEN_BACK", pgettext_lazy("returned sheet", "Taken back")
    FAILED = "FAILED", _("Cannot be read")


#: Somebody is at work, or will be.
READING_STATES = frozenset({ReturnState.TO_READ, ReturnState.READING})


class AnswerKind(TextChoices):
    """What the cells of a receiver's own column are."""

    TEXT = "TEXT", _("text")
    NUMBER = "NUMBER", _("number")
    DAY = "DAY", pgettext_lazy("answer", "day")
    CODE = "CODE", _("one of some codes")


class FoundBy(TextChoices):
    """What told which household or person of the register a row is about."""

    NUMBER = "NUMBER", _("personal number")
    PERSON_KEY = "PERSON_KEY", _("key of the person")
    HOUSEHOLD_KEY = "HOUSEHOLD_KEY", _("code or key of the household")
    NAME_IN_HOUSEHOLD = "NAME_IN_HOUSEHOLD", _("name within the household")
    NAME_AND_BIRTH = "NAME_AND_BIRTH", _("name and birth date, the only ones of the area")


class WhyNotFound(TextChoices):
    """Why a row of a sheet is about nobody that is known for certain."""

    NO_KEY = "NO_KEY", _("The row has neither a key nor a name with a birth date.")
    UNKNOWN = "UNKNOWN", _("Nobody of the area is found by it.")
    ELSEWHERE = (
        "ELSEWHERE",
        _("The register knows this one, but not in a household of the area now."),
    )
    SEVERAL = "SEVERAL", _("Several of the area have this name and birth date.")
    DISAGREE = "DISAGREE", _("The keys of the row are those of different ones.")
    OTHER_PERSON = (
        "OTHER_PERSON",
        _("The key is of somebody with another name and another birth date."),
    )
    TWICE = "TWICE", _("An earlier row of the sheet is about the same one.")


class DifferenceState(TextChoices):
    """What became of a fact that the receiver has otherwise."""

    SHOWN = "SHOWN", _("Shown only")
    OPEN = "OPEN", pgettext_lazy("difference", "To be checked")
    ACCEPTED = "ACCEPTED", _("Corrected in the register")
    DISPUTED = "DISPUTED", _("In the queue as disputed")
    SETTLED = "SETTLED", pgettext_lazy("difference", "Checked, the register stands")
