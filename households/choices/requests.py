"""Words of requests: what is asked for, how it came in, what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestKind(TextChoices):
    """Forms 01 and 04 of Decision 24/2021/QĐ-TTg, and the recognitions on the same rails."""

    REVIEW = "REVIEW", _("To be reviewed (form 01)")
    ESCAPE = "ESCAPE", _("To be recognised as escaped (form 04)")
    AVERAGE = "AVERAGE", _("Farm household with average living standard (form 01)")
    WORKER = "WORKER", _("Low-income worker")


#: Kinds that a review with form B answers; the others are answered on an income form.
REVIEWED_KINDS = (RequestKind.REVIEW, RequestKind.ESCAPE)


class RequestChannel(TextChoices):
    DESK = "DESK", _("At the one-stop desk")
    POST = "POST", _("By post")
    PORTAL = "PORTAL", _("National portal")
    WRITTEN_DOWN = "WRITTEN_DOWN", _("Written down for who cannot write")
    DISASTER = "DISASTER", _("Whole village after a disaster")


class RequestState(TextChoices):
    OPEN = "OPEN", _("To be answered")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    ANSWERED = "ANSWERED", _("Answered by decision")
    REFUSED = "REFUSED", _("Refused in writing")
