"""The admin site: for administrators only, never the way ordinary work is done."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from households import policies


class PovregAdminSite(admin.AdminSite):
    """Django's admin with povreg's name on it, opened by the administrator's assignment alone."""

    site_header = _("povreg administration")
    site_title = _("povreg administration")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Django's own staff flag gives no right; an assignment does, from day to day."""
        return request.user.is_active and policies.why_not_look_up(request.user) is None
