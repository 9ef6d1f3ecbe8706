"""What docs/api.md shows works as it stands there, and the schema says what there is."""

import re
import shlex
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from households.choices.api import ApiScope
from households.choices.webhooks import WebhookKind
from households.services import webhook_sending
from reports.services import public_patterns
from tests.factories import api, areas, figures, receivers, webhooks
from tests.reports.services.made import reporting
from tests.security.addresses import patterns

ARGUMENTS = {
    "api:area": [77],
    "api:standard": ["x"],
    "api:report_file": [77, "x"],
    "api:review": ["x"],
}
TOLD = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_every_line_of_curl_is_answered(settings: Settings) -> None:
    settings.OPEN_DATA = True
    made = reporting()
    public_patterns.weigh(edition=made.made("T1"))
    world = made.world
    asker = api.asker(world.province, ApiScope.EXACT)
    found = [line.strip() for line in TOLD.splitlines() if line.strip().startswith("curl ")]
    # What is sent in is tried in tests/households/api/test_reviews.py.
    lines = [line for line in found if "--data" not in line]
    assert len(lines) >= 4
    for line in lines:
        __, *headers, url = shlex.split(line)
        assert headers in (["-H", "Authorization: Bearer $TOKEN"], [])
        asked = urlsplit(url.removeprefix("$POVREG"))
        caller = asker if headers else Client()
        assert caller.get(f"{asked.path}?{asked.query}").status_code == 200, line


def defined(function: str) -> Any:
    """A function as docs/api.md shows it."""
    names: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", TOLD, re.DOTALL):
        exec(compile(code, "docs/api.md", "exec"), names)
    return names[function]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("store")
def test_the_python_client_reads_all_pages(live_server: LiveServer) -> None:
    world = figures.world()
    secret = api.secret_of(api.client_of(world.province, ApiScope.EXACT))
    question = "aggregates/poverty/?round=all&status=any&level=commune&limit=4"
    rows = list(defined("povreg")(question, secret, live_server.url))
    assert len(rows) == 9
    assert len({(one["round"], one["area_id"]) for one in rows}) == 9


@pytest.mark.django_db
def test_a_receiver_checks_messages_as_shown(settings: Settings) -> None:
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    is_from_povreg = defined("is_from_povreg")
    with receivers.receiver() as server:
        added = webhooks.added(areas.province(), server.url)
        webhooks.waiting(added.webhook)
        webhook_sending.run(webhook_id=added.webhook.pk)
    (taken,) = server.taken
    assert is_from_povreg(taken.headers, taken.body, added.secret)
    assert not is_from_povreg(taken.headers, taken.body + b" ", added.secret)
    assert not is_from_povreg(taken.headers, taken.body, added.secret, seconds=-1)


@pytest.mark.django_db
def test_the_schema_says_what_is_sent() -> None:
    schema = SchemaGenerator(api_version="v1").get_schema(request=None, public=True)
    assert set(schema["x-webhooks"]) == set(WebhookKind.values)


@pytest.mark.django_db
def test_the_schema_is_valid_and_names_every_address(capsys: pytest.CaptureFixture[str]) -> None:
    schema = SchemaGenerator(api_version="v1").get_schema(request=None, public=True)
    validate_schema(schema)
    warned = capsys.readouterr().err
    assert warned == ""
    told = {re.sub(r"\{\w+\}", "*", path) for path in schema["paths"]}
    known = set()
    for name, _pattern in patterns():
        if name.startswith("api:") and name not in ("api:schema", "api:docs", "api:nowhere"):
            path = reverse(name, args=ARGUMENTS.get(name, []))
            known.add(re.sub(r"/(77|x)(?=/)", "/*", path))
    assert told == known
