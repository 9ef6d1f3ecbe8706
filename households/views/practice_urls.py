"""Addresses of the practice area; included by households.urls."""

from django.urls import path

from households.views import practice

urlpatterns = [
    path("", practice.show, name="practice"),
    path("enter/", practice.enter, name="practice_enter"),
    path("leave/", practice.leave, name="practice_leave"),
    path("empty/", practice.empty, name="practice_empty"),
    path("<slug:code>/start/", practice.start, name="practice_start"),
    path("<slug:code>/answer/", practice.answer, name="practice_answer"),
]
