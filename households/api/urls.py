"""Addresses of reference data, and of reviews that come in."""

from django.urls import path

from households.api import areas, reviews, rounds

urlpatterns = [
    path("areas/", areas.AreaList.as_view(), name="areas"),
    path("areas/<int:pk>/", areas.AreaInDetail.as_view(), name="area"),
    path("rounds/", rounds.RoundList.as_view(), name="rounds"),
    path("standards/", rounds.StandardList.as_view(), name="standards"),
    path("standards/<slug:code>/", rounds.StandardInDetail.as_view(), name="standard"),
    path("indicators/", rounds.IndicatorList.as_view(), name="indicators"),
    path("reviews/", reviews.Reviews.as_view(), name="reviews"),
    path("reviews/<str:key>/", reviews.ReviewAnswer.as_view(), name="review"),
]
