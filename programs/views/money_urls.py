"""Addresses of plans, money and what came of programmes."""

from django.urls import path

from programs.views import money, money_entry, paid_records, results, target_entry, what_helped

urlpatterns = [
    path("programme-money/", money.overview, name="money"),
    path("programme-money/entries/<uuid:uuid>/", money_entry.entry, name="money_entry"),
    path("programme-money/<slug:code>/", money.programme, name="programme_money"),
    path("programme-money/<slug:code>/targets/", target_entry.set_targets, name="target_entry"),
    path("programme-money/<slug:code>/book/", money_entry.book, name="money_book"),
    path(
        "programme-money/<slug:code>/paid/<slug:record>/",
        paid_records.paid_rows,
        name="paid_rows",
    ),
    path("programme-results/", results.year_results, name="year_results"),
    path("what-helped/", what_helped.comparison, name="what_helped"),
    path("what-helped/households/", what_helped.compared_households, name="compared_households"),
]
