"""Addresses of production projects."""

from django.urls import path

from programs.views import evaluations, project_board, project_norms, project_participants, projects

urlpatterns = [
    path("projects/", project_board.project_board, name="project_board"),
    path("projects/sheet/", project_board.project_sheet, name="project_sheet"),
    path("projects/reminders/", project_board.project_reminders, name="project_reminders"),
    path("projects/steps/", project_board.project_steps, name="project_steps"),
    path("projects/evaluations/", evaluations.project_evaluations, name="project_evaluations"),
    path("projects/procedures/", project_board.procedure_list, name="project_procedures"),
    path("projects/procedures/<int:pk>/", project_norms.norm, name="project_norm"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/<uuid:uuid>/", projects.project, name="project"),
    path("projects/<uuid:uuid>/edit/", projects.project_edit, name="project_edit"),
    path("projects/<uuid:uuid>/families/", project_participants.project_join, name="project_join"),
    path("projects/<uuid:uuid>/<slug:act>/", projects.project_act, name="project_act"),
]
