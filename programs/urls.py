"""Addresses of the programmes."""

from django.urls import path

from programs.views import (
    benefit_lists_urls,
    benefits,
    coverage_urls,
    houses_urls,
    inspected,
    money_urls,
    person_support,
    programmes,
    projects_urls,
    skill_urls,
    starting,
    stated_terms,
    support,
    support_lists_urls,
)

app_name = "programs"

urlpatterns = [
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("starts/", starting.starts, name="starts"),
    path("communes/<int:area_pk>/start/", starting.commune_start, name="commune_start"),
    path("programmes/<slug:code>/", programmes.programme, name="programme"),
    path(
        "programmes/terms/<int:pk>/confirm/<slug:stated>/",
        programmes.confirm,
        name="terms_confirm",
    ),
    path("programmes/terms/<int:pk>/state/", stated_terms.state_terms, name="terms_state"),
    path("households/<int:pk>/support/", support.support, name="support"),
    path("people/<int:pk>/support/", person_support.person_support, name="person_support"),
    path("households/<int:pk>/support/<slug:code>/new/", benefits.benefit_new, name="benefit_new"),
    path("inspections/<int:pk>/dossier/", inspected.dossier, name="inspection_dossier"),
    path("support/<uuid:uuid>/", benefits.benefit, name="benefit"),
    path("support/<uuid:uuid>/step/", benefits.benefit_step, name="benefit_step"),
    path("support/<uuid:uuid>/cancel/", benefits.benefit_cancel, name="benefit_cancel"),
    *benefit_lists_urls.urlpatterns,
    *coverage_urls.urlpatterns,
    *houses_urls.urlpatterns,
    *money_urls.urlpatterns,
    *projects_urls.urlpatterns,
    *skill_urls.urlpatterns,
    *support_lists_urls.urlpatterns,
]
