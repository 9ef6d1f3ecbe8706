"""Addresses of the programmes."""

from django.urls import path

from programs.views import benefits, money_urls, programmes, support

app_name = "programs"

urlpatterns = [
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/<slug:code>/", programmes.programme, name="programme"),
    path(
        "programmes/terms/<int:pk>/confirm/<slug:stated>/",
        programmes.confirm,
        name="terms_confirm",
    ),
    path("households/<int:pk>/support/", support.support, name="support"),
    path("households/<int:pk>/support/<slug:code>/new/", benefits.benefit_new, name="benefit_new"),
    path("support/<uuid:uuid>/", benefits.benefit, name="benefit"),
    path("support/<uuid:uuid>/step/", benefits.benefit_step, name="benefit_step"),
    path("support/<uuid:uuid>/cancel/", benefits.benefit_cancel, name="benefit_cancel"),
    *money_urls.urlpatterns,
]
