"""Addresses of the lists for bank, insurer and school."""

from django.urls import path

from programs.views import (
    health_cards,
    list_answers,
    list_choosing,
    list_papers,
    support_lists,
)

_LIST = "support-lists/<uuid:uuid>/"

urlpatterns = [
    path("support-lists/", support_lists.support_lists_all, name="support_lists"),
    path(
        "communes/<int:area_pk>/support-lists/",
        support_lists.support_lists_due,
        name="support_lists_due",
    ),
    path(
        "communes/<int:area_pk>/support-lists/<slug:code>/new/",
        support_lists.support_list_new,
        name="support_list_new",
    ),
    path("communes/<int:area_pk>/health-cards/", health_cards.health_cards, name="health_cards"),
    path(_LIST, support_lists.support_list, name="support_list"),
    path(f"{_LIST}due/", support_lists.support_list_put_due, name="support_list_put_due"),
    path(
        f"{_LIST}villages/<int:area_pk>/",
        list_choosing.support_list_village,
        name="support_list_village",
    ),
    path(f"{_LIST}asked/", list_choosing.support_list_asked, name="support_list_asked"),
    path(f"{_LIST}hand-over/", support_lists.support_list_hand_over, name="support_list_hand_over"),
    path(f"{_LIST}drop/", support_lists.support_list_drop, name="support_list_drop"),
    path(f"{_LIST}answers/", list_answers.support_list_answers, name="support_list_answers"),
    path(f"{_LIST}answers/paste/", list_answers.support_list_paste, name="support_list_paste"),
    path(f"{_LIST}paper/<slug:kind>/", list_papers.support_list_paper, name="support_list_paper"),
]
