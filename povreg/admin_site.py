"""The admin site: for administrators only, never the way ordinary work is done."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class PovregAdminSite(admin.AdminSite):
    """Django's admin with povreg's name on it."""

    site_header = _("povreg administration")
    site_title = _("povreg administration")
    index_title = _("Administration")
