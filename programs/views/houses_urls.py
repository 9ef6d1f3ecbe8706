"""Addresses of houses and essential works."""

from django.urls import path

from programs.views import (
    house_cases,
    house_pages,
    house_papers,
    house_rules,
    site_files,
    works,
    works_files,
)

urlpatterns = [
    path("houses/", house_pages.housing_board, name="housing_board"),
    path("houses/rules/", house_rules.housing_rules, name="housing_rules"),
    path("houses/rules/ceilings/<int:pk>/", house_rules.housing_ceiling, name="housing_ceiling"),
    path("houses/rules/steps/<int:pk>/", house_rules.housing_norm, name="housing_norm"),
    path(
        "houses/rules/criteria/<int:pk>/",
        house_rules.housing_criterion,
        name="housing_criterion",
    ),
    path("houses/communes/<int:pk>/", house_pages.housing_list, name="housing_list"),
    path("houses/communes/<int:pk>/out/", house_papers.housing_out, name="housing_out"),
    path(
        "houses/villages/<int:pk>/meeting/",
        house_pages.housing_meeting_new,
        name="housing_meeting_new",
    ),
    path("houses/meetings/<uuid:uuid>/", house_pages.housing_meeting, name="housing_meeting"),
    path(
        "houses/meetings/<uuid:uuid>/file/",
        house_pages.housing_meeting_file,
        name="housing_meeting_file",
    ),
    path(
        "houses/meetings/<uuid:uuid>/out/",
        house_papers.housing_meeting_out,
        name="housing_meeting_out",
    ),
    path("houses/<uuid:uuid>/", house_cases.housing_case, name="housing_case"),
    path("houses/<uuid:uuid>/step/", house_cases.housing_step, name="housing_step"),
    path("houses/<uuid:uuid>/step/back/", house_cases.housing_step_back, name="housing_step_back"),
    path("houses/<uuid:uuid>/drop/", house_cases.housing_drop, name="housing_drop"),
    path("houses/<uuid:uuid>/pay/", house_cases.housing_pay, name="housing_pay"),
    path("houses/<uuid:uuid>/photo/", house_cases.housing_photo, name="housing_photo"),
    path("sites/files/<uuid:uuid>/", site_files.site_file, name="site_file"),
    path("sites/files/<uuid:uuid>/small/", site_files.site_file_small, name="site_file_small"),
    path("sites/payments/<int:pk>/back/", site_files.site_payment_back, name="site_payment_back"),
    path("works/communes/<int:pk>/", works.works_list, name="works_list"),
    path("works/communes/<int:pk>/file/", works_files.works_file, name="works_file"),
    path("works/communes/<int:pk>/to-check/", works.works_to_check, name="works_to_check"),
    path("works/villages/<int:pk>/new/", works.works_new, name="works_new"),
    path("works/<uuid:uuid>/", works.works, name="works"),
    path("works/<uuid:uuid>/serve/", works.works_serve, name="works_serve"),
    path("works/<uuid:uuid>/accept/", works.works_accept, name="works_accept"),
    path("works/<uuid:uuid>/pay/", works.works_pay, name="works_pay"),
    path("works/<uuid:uuid>/photo/", works.works_photo, name="works_photo"),
    path("works/<uuid:uuid>/cancel/", works.works_cancel, name="works_cancel"),
]
