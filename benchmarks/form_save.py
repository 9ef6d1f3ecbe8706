"""Saving one review form as a draft against the same rows written by bare SQL.

Both are requests through every middleware with the same session and the same posted form of five
persons, of which one answer of the household and one of a person differ from the last save. The
limit is a view that takes the form in and writes the changed rows (survey, one member, audit event,
change mark) with one plain statement each, reading and checking nothing; the history of the rows
is kept for both. Everything is taken back at the end, so neither side waits for a disk.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path

from households import clock
from households.choices import AreaLevel, Role
from households.models import Area, Survey
from households.services import reference, surveys
from households.services.system_user import system_user
from tests.factories import areas, reviews, typed, users

GOAL: Final = 2.5
SAVES: Final = 300
WARM_UP: Final = 20
_AS_THE_PAGE_SENDS: Final = "application/x-www-form-urlencoded"
NAMES: Final = ("Một", "Hai", "Ba", "Bốn", "Năm")

_EVENT = """
INSERT INTO households_auditevent (by_id, verb, area_id, household_id, object_type, object_id,
  details, reason)
VALUES (%s, 'survey.save_draft', %s, %s, 'households.survey', %s, '{}', '') RETURNING id
"""
_SURVEY = "UPDATE households_survey SET floor_area_m2 = %s, revision = revision + 1 WHERE id = %s"
_MEMBER = "UPDATE households_surveymember SET uses_internet = %s WHERE id = %s"
_MARK = """
INSERT INTO households_changemark (round_id, commune_id, number, changed_at)
VALUES (%s, %s, 1, now()) ON CONFLICT (round_id, commune_id)
DO UPDATE SET number = households_changemark.number + 1, changed_at = now()
"""


def bare_save(request: HttpRequest, survey_id: int) -> JsonResponse:
    """The limit: what any view has to do to write these rows."""
    area_m2 = request.POST["floor_area_m2"]
    kept = request.session["rows"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EVENT, [request.user.pk, kept["village"], kept["household"], survey_id])
        act = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('povreg.act', %s, true)", [str(act)])
        cursor.execute(_SURVEY, [area_m2, survey_id])
        cursor.execute(_MEMBER, [request.POST["members-0-uses_internet"] == "Y", kept["member"]])
        cursor.execute(_MARK, [kept["round"], kept["commune"]])
    return JsonResponse({"state": "saved"})


urlpatterns = [path("bare/<int:survey_id>/", bare_save), path("", include("povreg.urls"))]


def main() -> None:
    reference.load(by=system_user())
    ratio = measure(SAVES)
    print(f"form_save: ratio {ratio:.2f} (goal {GOAL})")
    if ratio > GOAL:
        raise SystemExit(1)


def measure(saves: int, warm_up: int = WARM_UP) -> float:
    """Ratio of the medians of interleaved saves; prints medians and 95th percentiles."""
    with transaction.atomic(), override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"]):
        survey = _draft()
        ours, limit = [], []
        with _logged_in(survey) as client:
            forms = _changing_forms(survey)
            for __ in range(warm_up + saves):
                revision = Survey.objects.values_list("revision", flat=True).get(pk=survey.pk)
                form = next(forms) | {"revision": revision}
                ours.append(_posted(client, f"/reviews/{survey.uuid}/draft/", form))
                limit.append(_posted(client, f"/bare/{survey.pk}/", next(forms)))
        transaction.set_rollback(True)
    ours, limit = ours[warm_up:], limit[warm_up:]
    for name, times in (("bare SQL", limit), ("povreg", ours)):
        print(f"  {name}: p50 {_ms(times, 50)}, p95 {_ms(times, 95)}")
    print(f"{saves} saves of a form of {len(NAMES)} persons")
    return statistics.median(ours) / statistics.median(limit)


def _draft() -> Survey:
    """A draft of five persons in a commune of the real map's shape."""
    commune = Area.objects.on(clock.today()).filter(level=AreaLevel.COMMUNE).first()
    assert commune is not None
    province = Area.objects.get(pk=int(commune.path.split(".")[0]))
    year = clock.today().year
    round = reviews.periodic(province, year, reviews.standard())
    officer = users.user("bench officer", Role.COMMUNE_OFFICER, commune)
    survey = surveys.start(round=round, village=areas.village(commune, "Thôn Đo"), by=officer)
    relations = ("head", "spouse", "child", "child", "parent")
    members = [
        reviews.adult(f"Nông Thị {name}", relation)
        for name, relation in zip(NAMES, relations, strict=True)
    ]
    return surveys.save(
        survey=survey,
        values=reviews.WELL_HOUSED,
        members=members,
        revision=survey.revision,
        complete=False,
        by=officer,
    )


@contextmanager
def _logged_in(survey: Survey) -> Iterator[Client]:
    client = Client()
    assert survey.surveyed_by is not None
    client.force_login(survey.surveyed_by, backend="django.contrib.auth.backends.ModelBackend")
    member = survey.members.order_by("member_no").first()
    assert member is not None
    session = client.session
    session["rows"] = {
        "village": survey.village_id,
        "household": survey.household_id,
        "member": member.pk,
        "round": survey.round_id,
        "commune": survey.commune_id,
    }
    session.save()
    yield client


def _changing_forms(survey: Survey) -> Iterator[dict[str, Any]]:
    """The form as the page posts it; every next one differs in two answers."""
    shown = typed.shown(survey)
    for number in count():
        answer = "Y" if number % 4 < 2 else "N"
        area_m2 = 40 + number % 50
        yield shown | {"floor_area_m2": f"{area_m2}", "members-0-uses_internet": answer}


def _posted(client: Client, address: str, form: dict[str, Any]) -> float:
    """Seconds of one request."""
    started = time.perf_counter()
    answer = client.post(address, urlencode(form, doseq=True), content_type=_AS_THE_PAGE_SENDS)
    seconds = time.perf_counter() - started
    if answer.status_code != HTTPStatus.OK:
        raise AssertionError(answer.content.decode()[:500])
    return seconds


def _ms(times: list[float], percentile: int) -> str:
    cut = statistics.quantiles(times, n=100)[percentile - 1]
    return f"{1000 * cut:.1f} ms"
