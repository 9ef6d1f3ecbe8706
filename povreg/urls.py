"""Every address of the product; each app brings its own."""

from django.contrib import admin
from django.urls import include, path

from povreg.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
    path("", include("households.account_urls")),
    path("", include("households.urls")),
]

handler403 = "households.views.errors.refused"
handler404 = "households.views.errors.not_found"
handler500 = "households.views.errors.broken"
