"""Addresses of the register. Pages of the standards bring their own (households.views.standard_urls)."""

from django.urls import URLPattern, URLResolver, path

from households.views import home

app_name = "households"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show, name="home"),
]
