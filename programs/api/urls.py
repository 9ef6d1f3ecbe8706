"""Addresses of programmes."""

from django.urls import path

from programs.api import programmes

urlpatterns = [path("programmes/", programmes.ProgrammeList.as_view(), name="programmes")]
