"""Addresses of requests."""

from django.urls import path

from households.views import request_papers, requests

urlpatterns = [
    path("communes/<int:area_pk>/requests/", requests.request_list, name="request_list"),
    path("communes/<int:area_pk>/requests/new/", requests.request_new, name="request_new"),
    path("villages/<int:area_pk>/requests/", requests.request_village, name="request_village"),
    path("requests/<int:pk>/", requests.review_request, name="request"),
    path(
        "requests/<int:pk>/papers/<slug:kind>/", request_papers.request_paper, name="request_paper"
    ),
]
