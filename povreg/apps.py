"""Django's view of the project itself: its commands, and the admin site administrators may use."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PovregConfig(AppConfig):
    """Holds the start-up, backup and restore commands."""

    name = "povreg"
    verbose_name = "povreg"


class PovregAdminConfig(AdminConfig):
    """Django's admin under povreg's own site."""

    default_site = "povreg.admin_site.PovregAdminSite"
