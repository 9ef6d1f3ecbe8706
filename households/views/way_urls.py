"""Addresses of a unit's way through a round."""

from django.urls import path

from households.views import (
    announcements,
    asking,
    commune_papers,
    commune_ways,
    complaints,
    corrections,
    decision_papers,
    decisions,
    form_papers,
    household_papers,
    oddities,
    papers,
    resident_counts,
    review_files,
    round_monitor,
    slips,
    village_ways,
)

urlpatterns = [
    path("villages/<int:area_pk>/papers/<slug:kind>/", papers.village_paper, name="village_paper"),
    path("residents/", resident_counts.residents, name="residents"),
    path("areas/<int:area_pk>/files/", review_files.review_files, name="review_files"),
    path("progress/", round_monitor.monitor, name="round_monitor"),
    path("communes/<int:area_pk>/", commune_ways.commune_way, name="commune_way"),
    path(
        "communes/<int:area_pk>/decision/paper/",
        decision_papers.decision_paper,
        name="decision_paper",
    ),
    path(
        "communes/<int:area_pk>/papers/<slug:kind>/",
        commune_papers.commune_village_papers,
        name="commune_village_papers",
    ),
    path(
        "communes/<int:area_pk>/household-papers/<slug:kind>/",
        household_papers.commune_household_papers,
        name="commune_household_papers",
    ),
    path(
        "communes/<int:area_pk>/announced/",
        commune_papers.announced_lists,
        name="announced_lists",
    ),
    path("communes/<int:area_pk>/report/paper/", papers.report_paper, name="report_paper"),
    path(
        "communes/<int:area_pk>/submission/paper/", papers.submission_paper, name="submission_paper"
    ),
    path("communes/<int:area_pk>/decision/", decisions.decision, name="decision"),
    path("communes/<int:area_pk>/oddities/", oddities.commune_oddities, name="commune_oddities"),
    path("communes/<int:area_pk>/correction/", corrections.correction, name="correction"),
    path(
        "communes/<int:area_pk>/correction/paper/",
        decision_papers.correction_paper,
        name="correction_paper",
    ),
    path("communes/<int:area_pk>/announce/", announcements.announce, name="announce"),
    path("villages/<int:area_pk>/announced/", announcements.announced_list, name="announced_list"),
    path("villages/<int:area_pk>/forms/", form_papers.village_forms, name="village_forms"),
    path("villages/<int:area_pk>/slips/", slips.village_slips, name="village_slips"),
    path("villages/<int:area_pk>/asked/", asking.households_asked, name="households_asked"),
    path("villages/<int:area_pk>/", village_ways.village_way, name="village_way"),
    path("villages/<int:area_pk>/complaints/new/", complaints.complaint_new, name="complaint_new"),
]
