"""Addresses of entries that may be one."""

from django.urls import path

from households.views import duplicates

urlpatterns = [
    path("duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path("duplicates/<int:pk>/", duplicates.duplicate, name="duplicate"),
    path(
        "households/<int:pk>/people/<int:person_pk>/claim/",
        duplicates.claim_number,
        name="claim_number",
    ),
]
