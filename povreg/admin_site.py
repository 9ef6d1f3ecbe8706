"""The admin site: for administrators only, never the way ordinary work is done."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from households import policies


class PovregAdminSite(admin.AdminSite):
    """Django's admin with povreg's name on it, opened by the administrator's assignment alone."""

    site_header = _("povreg administration")
    site_title = _("povreg administration")
    index_title = _("Administration")

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one door into povreg, which asks for the second factor too."""
        if request.user.is_authenticated:
            raise PermissionDenied(policies.why_not_look_up(request.user))
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect_to_login(wanted)

    def has_permission(self, request: HttpRequest) -> bool:
        """Django's own staff flag gives no right; an assignment does, from day to day."""
        return request.user.is_active and policies.why_not_look_up(request.user) is None
