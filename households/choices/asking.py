"""Words of asking households that no list names: why they are asked, and what they said."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AskGround(TextChoices):
    """Why nobody may forget a household that is not on the list; the strongest first."""

    SHOCK = "SHOCK", _("sudden hardship")
    LOST_WORKER = "LOST_WORKER", _("lost a worker")
    REFUSED = "REFUSED", _("asked last year, not recognised")
    LEFT_LIST = "LEFT_LIST", _("left the list")
    SPLIT = "SPLIT", _("split")
    ALLOWANCE = "ALLOWANCE", _("on social allowance")


class AskAnswer(TextChoices):
    """What came of asking; who wants to be reviewed gets a form instead."""

    NO_WISH = "NO_WISH", _("Asked, does not wish to be reviewed")
    VILLAGE_KNOWS = "VILLAGE_KNOWS", _("The village knows it lives well")
    AWAY = "AWAY", _("The whole household is away")
