"""Addresses of the register's pages."""

from django.urls import URLPattern, URLResolver, include, path

from households.views import (
    account_lists,
    act_urls,
    home,
    households,
    practice_urls,
    rounds,
    standard_urls,
    survey_autosave,
    survey_forms,
    survey_live,
    surveys,
    ties,
    users,
    villages,
)

app_name = "households"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show, name="home"),
    path("households/", households.household_list, name="household_list"),
    path("households/new/", surveys.household_new, name="household_new"),
    path("households/<int:pk>/", households.household, name="household"),
    path("households/<int:pk>/acts/", include(act_urls)),
    path("households/<int:pk>/review/", surveys.survey_start, name="survey_start"),
    path(
        "households/<int:pk>/people/<int:person_pk>/number/",
        households.show_number,
        name="show_number",
    ),
    path("reviews/<uuid:uuid>/", surveys.survey, name="survey"),
    path("reviews/<uuid:uuid>/form/", survey_forms.survey_form, name="survey_form"),
    path("reviews/<uuid:uuid>/draft/", survey_autosave.survey_draft, name="survey_draft"),
    path("reviews/<uuid:uuid>/live/", survey_live.survey_live, name="survey_live"),
    path("reviews/<uuid:uuid>/wishes/", surveys.survey_wishes, name="survey_wishes"),
    path("reviews/<uuid:uuid>/discard/", surveys.survey_discard, name="survey_discard"),
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<int:pk>/close/", rounds.round_close, name="round_close"),
    path("rounds/<int:pk>/reopen/", rounds.round_reopen, name="round_reopen"),
    path("standards/", include(standard_urls)),
    path("practice/", include(practice_urls)),
    path("villages/new/", villages.village_new, name="village_new"),
    path("users/", users.user_list, name="user_list"),
    path("users/new/", users.user_new, name="user_new"),
    path("users/list/", account_lists.account_list, name="account_list"),
    path("users/list/template/", account_lists.account_template, name="account_template"),
    path("users/list/create/", account_lists.account_list_create, name="account_list_create"),
    path("users/<int:pk>/slip/", account_lists.user_slip, name="user_slip"),
    path("users/<int:pk>/", users.user, name="user"),
    path("users/<int:pk>/ties/", ties.user_ties, name="user_ties"),
    path("ties/", ties.my_ties, name="my_ties"),
    path("ties/<int:pk>/end/", ties.tie_end, name="tie_end"),
    path("users/<int:pk>/link/", users.user_link, name="user_link"),
    path("users/<int:pk>/assign/", users.user_assign, name="user_assign"),
    path("users/assignments/<int:pk>/end/", users.assignment_end, name="assignment_end"),
]
