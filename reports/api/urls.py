"""Addresses of aggregates."""

from django.urls import path

from reports.api import aggregates, lists, reports, support, variables

urlpatterns = [
    path("reports/", reports.ReportList.as_view(), name="reports"),
    path("reports/<int:pk>/files/<slug:form>/", reports.ReportFile.as_view(), name="report_file"),
    path("lists/", lists.Lists.as_view(), name="lists"),
    path("variables/", variables.Variables.as_view(), name="variables"),
    *[
        path(f"aggregates/{name}/", view.as_view(), name=f"aggregates_{name}")
        for name, view in (aggregates.VIEWS | support.VIEWS).items()
    ],
]
