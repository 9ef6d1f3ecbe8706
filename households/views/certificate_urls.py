"""Addresses of certificates and confirmations."""

from django.urls import path

from households.views import certificate_papers, certificates, status_confirmations

urlpatterns = [
    path(
        "communes/<int:area_pk>/certificates/",
        certificates.certificate_register,
        name="certificate_register",
    ),
    path(
        "communes/<int:area_pk>/certificates/paper/",
        certificate_papers.certificate_pile,
        name="certificate_pile",
    ),
    path(
        "communes/<int:area_pk>/certificates/hand-over/",
        certificate_papers.hand_over_list,
        name="hand_over_list",
    ),
    path(
        "communes/<int:area_pk>/confirmations/",
        status_confirmations.status_confirmations_list,
        name="status_confirmations",
    ),
    path("certificates/<int:pk>/", certificates.certificate, name="certificate"),
    path(
        "certificates/<int:pk>/paper/",
        certificate_papers.certificate_paper,
        name="certificate_paper",
    ),
    path(
        "households/<int:pk>/confirmation/",
        status_confirmations.status_confirmation_new,
        name="status_confirmation_new",
    ),
    path(
        "confirmations/<int:pk>/",
        status_confirmations.status_confirmation,
        name="status_confirmation",
    ),
]
