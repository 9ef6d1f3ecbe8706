"""Addresses of the households behind a figure."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("figures/behind/", lambda request: HttpResponse("stub"), name="behind")]
