"""What people are told of within povreg, and whose notice each kind is."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from households.choices import Role


class NoticeKind(TextChoices):
    COMPLAINED = "COMPLAINED", _("A complaint or remark came in")
    COMPLAINT_DUE = "COMPLAINT_DUE", _("A complaint is due")
    REQUEST_DUE = "REQUEST_DUE", _("A request is due")
    STAGE_DUE = "STAGE_DUE", _("A stage of the round is due")
    STAGE_LATE = "STAGE_LATE", _("A stage of the round is late")
    COMMUNES_LATE = "COMMUNES_LATE", _("Communes are late")
    RETURNED = "RETURNED", _("The results were returned")
    SENT_UP = "SENT_UP", _("Results wait for the opinion of the district")
    TO_SIGN = "TO_SIGN", _("The lists can be decided")
    OFFERED = "OFFERED", _("A household comes from another commune")
    TRANSFER_SETTLED = "TRANSFER_SETTLED", _("A household that left was taken over or not")
    FOUND = "FOUND", _("An inspector kept a finding")


_COMMUNE = (Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR)
_OFFICER = (Role.COMMUNE_OFFICER,)
#: Roles that are told, in the notice's area or above it.
TOLD: Final[Mapping[NoticeKind, tuple[Role, ...]]] = {
    NoticeKind.COMPLAINED: _COMMUNE,
    NoticeKind.COMPLAINT_DUE: _COMMUNE,
    NoticeKind.REQUEST_DUE: _OFFICER,
    NoticeKind.STAGE_DUE: _OFFICER,
    NoticeKind.STAGE_LATE: _COMMUNE,
    NoticeKind.COMMUNES_LATE: (Role.DEPARTMENT,),
    NoticeKind.RETURNED: _COMMUNE,
    NoticeKind.SENT_UP: (Role.DISTRICT_READER,),
    NoticeKind.TO_SIGN: _COMMUNE,
    NoticeKind.OFFERED: _OFFICER,
    NoticeKind.TRANSFER_SETTLED: _OFFICER,
    NoticeKind.FOUND: _COMMUNE,
}
