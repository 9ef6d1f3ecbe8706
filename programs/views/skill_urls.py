"""Addresses of activities, training, jobs, of lacks and of the plan list."""

from django.urls import path

from programs.views import (
    activities,
    employment,
    employment_checks,
    lacks,
    participants,
    plan_list,
    skill_files,
)

urlpatterns = [
    path(
        "support/activities/", activities.activity_list, {"is_training": False},
        name="activity_list",
    ),
    path(
        "support/training/", activities.activity_list, {"is_training": True}, name="training_list"
    ),
    path(
        "support/activities/new/", activities.activity_new, {"is_training": False},
        name="activity_new",
    ),
    path(
        "support/training/new/", activities.activity_new, {"is_training": True},
        name="training_new",
    ),
    path("support/activities/<uuid:uuid>/", activities.activity, name="activity"),
    path("support/activities/<uuid:uuid>/edit/", activities.activity_edit, name="activity_edit"),
    path(
        "support/activities/<uuid:uuid>/cancel/", activities.activity_cancel,
        name="activity_cancel",
    ),
    path(
        "support/activities/<uuid:uuid>/outcomes/", activities.activity_outcomes,
        name="activity_outcomes",
    ),
    path(
        "support/activities/<uuid:uuid>/evaluate/", activities.activity_evaluate,
        name="activity_evaluate",
    ),
    path("support/activities/<uuid:uuid>/mend/", activities.activity_mend, name="activity_mend"),
    path(
        "support/activities/<uuid:uuid>/participants/", participants.participants_add,
        name="participants_add",
    ),
    path(
        "support/activities/<uuid:uuid>/outside/", participants.outsider_add, name="outsider_add"
    ),
    path("support/jobs/", employment.job_list, name="job_list"),
    path("support/jobs/new/", employment.job_new, name="job_new"),
    path("support/jobs/<uuid:uuid>/", employment.job, name="job"),
    path("support/jobs/<uuid:uuid>/step/", employment.job_step, name="job_step"),
    path("support/job-checks/", employment_checks.job_checks, name="job_checks"),
    path("support/lacks/", lacks.lacks, name="lacks"),
    path("support/plan/", plan_list.plan, name="plan"),
    path("support/plan/<int:pk>/", plan_list.plan_entry, name="plan_entry"),
    path("support/files/<slug:name>/", skill_files.skill_file, name="skill_file"),
]  # fmt: skip
