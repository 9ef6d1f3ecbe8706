"""Words of what proves a place on the list: certificates and confirmations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CertificateState(TextChoices):
    IN_FORCE = "IN_FORCE", pgettext_lazy("certificate", "In force")
    REPLACED = "REPLACED", _("Replaced")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class ConfirmationPurpose(TextChoices):
    """What a confirmation is asked for."""

    SCHOOL = "SCHOOL", _("School")
    LOAN = "LOAN", _("Loan")
    HOSPITAL = "HOSPITAL", _("Hospital, health insurance")
    OTHER = "OTHER", _("Other, as written beside")


class ConfirmedStatus(TextChoices):
    """What a confirmation says of a household on a day."""

    POOR = "POOR", _("Poor household")
    NEAR_POOR = "NEAR_POOR", _("Near-poor household")
    ESCAPED_POVERTY = "ESCAPED_POVERTY", _("Newly escaped from poverty")
    ESCAPED_NEAR_POVERTY = "ESCAPED_NEAR_POVERTY", _("Newly escaped from near-poverty")
