"""Addresses of the changes of a household: households/<pk>/acts/…"""

from django.urls import path

from households.views import household_acts

urlpatterns = [
    path(f"{name}/", household_acts.act, {"name": name}, name=f"act_{name}")
    for name in household_acts.ACTS
]
