"""What docs/api.md and the schema show of entering a review works as it stands there."""

import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from households.api.review_schema import EXAMPLE_PATH
from households.choices import Role
from households.choices.api import ApiScope
from tests.factories import api, areas, entry, users

pytestmark = [pytest.mark.usefixtures("store")]


def test_the_lines_of_curl_and_the_schemas_example_work(here: SimpleNamespace) -> None:
    """They name a commune of the demonstration."""
    place = areas.commune(areas.district(here.province, "060", "Pác Nặm"), "01864", "Bộc Bố")
    department = users.user("so", Role.DEPARTMENT, here.province)
    scopes = (ApiScope.REVIEWS, ApiScope.AGGREGATES)
    sender = api.asker(place, *scopes, name="Bộc Bố", acts_as=department)
    told = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in told.splitlines() if "--data" in line]
    answers = [_by_curl(sender, line) for line in lines]
    assert [one.status_code for one in answers] == [200, 201]
    assert all(one.json()["warnings"] == [] for one in answers)
    assert answers[1].json()["results"][0]["poverty_class"] == "poor"
    schema = sender.get(f"{api.API}schema/?format=json").json()
    operation = schema["paths"]["/api/v1/reviews/"]["post"]
    example = operation["requestBody"]["content"]["application/json"]["schema"]["example"]
    assert entry.send(sender, example, "of-the-schema").json()["outcome"] == "unchanged"
    assert {"200", "201", "400", "401", "403", "409", "413", "415", "422", "429"} <= set(
        operation["responses"]
    )


def _by_curl(sender: Client, line: str) -> Any:
    words = shlex.split(line)
    assert words[0] == "curl"
    headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
    sent = Path(settings.BASE_DIR) / words[words.index("--data") + 1].removeprefix("@")
    assert sent == EXAMPLE_PATH
    assert headers.pop("Authorization") == "Bearer $TOKEN"
    kind, url = headers.pop("Content-Type"), words[-1].removeprefix("$POVREG")
    return sender.post(url, sent.read_bytes(), content_type=kind, headers=headers)
