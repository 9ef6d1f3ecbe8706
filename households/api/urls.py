"""Addresses of reference data."""

from django.urls import path

from households.api import areas, rounds

urlpatterns = [
    path("areas/", areas.AreaList.as_view(), name="areas"),
    path("areas/<int:pk>/", areas.AreaInDetail.as_view(), name="area"),
    path("rounds/", rounds.RoundList.as_view(), name="rounds"),
    path("standards/", rounds.StandardList.as_view(), name="standards"),
    path("standards/<slug:code>/", rounds.StandardInDetail.as_view(), name="standard"),
    path("indicators/", rounds.IndicatorList.as_view(), name="indicators"),
]
