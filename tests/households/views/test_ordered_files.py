"""Files of many households in the browser: ordered instead of waited for, come back to, fetched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import AuditEvent, OrderedFile, User
from households.services import ordered_files
from tests.factories import layouts, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
SENT = {"purpose": "REPORT", "note": "", "format": "xlsx", "act": "xlsx", "form": "xlsx"}


@pytest.fixture(autouse=True)
def many(world: World, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One household is more than one waits for."""
    settings.POVREG_IMPORTS = tmp_path
    monkeypatch.setattr(ordered_files, "MOST_AT_ONCE", 0)
    reviews.surveyed(world.round, world.village, world.officer)


def addresses(world: World) -> list[str]:
    layout = layouts.shared(users.user("dep", Role.DEPARTMENT, world.province))
    return [
        reverse("households:household_list_out"),
        reverse("households:review_files", args=[world.round.pk, world.commune.pk]),
        reverse("households:layout_file", args=[layout.pk]),
    ]


def test_ordered_written_fetched(world: World, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    for address in addresses(world):
        answer = client.post(address, {**SENT, "area": world.commune.pk})
        made = OrderedFile.objects.latest("pk")
        page = reverse("households:ordered_file", args=[made.uuid])
        assert (answer.status_code, answer["Location"]) == (302, page)
        assert 'hx-trigger="every 2s"' in client.get(page).content.decode()
        assert client.post(page).status_code == 302  # not ready: told on the page
        ordered_files.run(file_id=made.pk)
        assert "hx-trigger" not in client.get(page).content.decode()
        given = client.post(page)
        assert given["Content-Disposition"] == f'attachment; filename="{made.file_name}"'
        assert b"".join(given).startswith(b"PK")
    purposes = AuditEvent.objects.filter(details__purpose="REPORT").values_list("verb", flat=True)
    assert set(purposes) == {"list.download", "review.export", "layout.export"}
    assert AuditEvent.objects.filter(verb="file.fetch").count() == 3
    assert client.get(reverse("households:ordered_files")).content.decode().count("<tr>") == 4


def test_a_list_that_was_searched_by_words_is_given_at_once(world: World, logged_in: LogIn) -> None:
    address = reverse("households:household_list_out") + "?q=nong"
    answer = logged_in(world.officer).post(address, SENT)
    assert answer.status_code == 200
    assert not OrderedFile.objects.exists()


def test_somebody_else_s_file_is_refused(world: World, logged_in: LogIn) -> None:
    ordered = layouts.ordered(world.officer)
    page = reverse("households:ordered_file", args=[ordered.uuid])
    other = logged_in(users.user("other", Role.COMMUNE_OFFICER, world.commune))

    def statuses(client: Client) -> list[int]:
        answers: list[HttpResponse] = [client.get(page), client.post(page)]  # type: ignore[list-item]
        return [answer.status_code for answer in answers]

    assert statuses(other) == [403, 403]
    assert statuses(logged_in(users.user("adm", Role.ADMINISTRATOR, world.province))) == [403, 403]
    assert ordered.file_name not in other.get(reverse("households:ordered_files")).content.decode()
