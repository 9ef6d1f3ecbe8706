"""Every address of the product; each app brings its own."""

from django.contrib import admin
from django.urls import include, path

from households.views.open_sessions import ChangePassword
from povreg.health import health

urlpatterns = [
    path("health/", health, name="health"),
    # The product's own page, which keeps this log-in and ends the others; Django's would not.
    path(
        "admin/password_change/",
        ChangePassword.as_view(),
        name="admin_password_change",
    ),
    path("admin/", admin.site.urls),
    path("api/v1/", include("povreg.api_urls")),
    path("", include("households.account_urls")),
    path("", include("households.urls")),
    path("", include("programs.urls")),
    path("", include("reports.urls")),
]

handler403 = "households.views.errors.refused"
handler404 = "households.views.errors.not_found"
handler500 = "households.views.errors.broken"
