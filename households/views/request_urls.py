"""Addresses of a commune's desk: requests, and who reviews which village."""

from django.urls import path

from households.views import request_papers, requests, reviewers

urlpatterns = [
    path("communes/<int:area_pk>/requests/", requests.request_list, name="request_list"),
    path("communes/<int:area_pk>/requests/new/", requests.request_new, name="request_new"),
    path("villages/<int:area_pk>/requests/", requests.request_village, name="request_village"),
    path(
        "communes/<int:area_pk>/reviewers/", reviewers.commune_reviewers, name="commune_reviewers"
    ),
    path("requests/<int:pk>/", requests.review_request, name="request"),
    path(
        "requests/<int:pk>/papers/<slug:kind>/", request_papers.request_paper, name="request_paper"
    ),
]
