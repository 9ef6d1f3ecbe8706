"""Words of households that move from commune to commune within the province."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TransferState(TextChoices):
    OFFERED = "OFFERED", _("Waits for the new commune")
    ACCEPTED = "ACCEPTED", _("Taken over")
    DECLINED = "DECLINED", _("Not taken over")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("transfer", "Taken back")
