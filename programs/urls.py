"""Addresses of the programmes."""

from django.urls import path

from programs.views import programmes, support

app_name = "programs"

urlpatterns = [
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/<slug:code>/", programmes.programme, name="programme"),
    path(
        "programmes/terms/<int:pk>/confirm/<slug:stated>/",
        programmes.confirm,
        name="terms_confirm",
    ),
    path("households/<int:pk>/support/", support.support, name="support"),
]
