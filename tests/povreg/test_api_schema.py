"""What docs/api.md shows works as it stands there, and the schema says what there is."""

import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from pytest_django.live_server_helper import LiveServer

from households.choices.api import ApiScope
from tests.factories import api, figures
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
def test_every_line_of_curl_is_answered() -> None:
    world = figures.world()
    asker = api.asker(world.province, ApiScope.EXACT)
    found = [line.strip() for line in TOLD.splitlines() if line.strip().startswith("curl ")]
    # What is sent in is tried in tests/households/api/test_reviews.py.
    lines = [line for line in found if "--data" not in line]
    assert len(lines) >= 4
    for line in lines:
        __, flag, header, url = shlex.split(line)
        assert (flag, header) == ("-H", "Authorization: Bearer $TOKEN")
        asked = urlsplit(url.removeprefix("$POVREG"))
        assert asker.get(f"{asked.path}?{asked.query}").status_code == 200, line


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("store")
def test_the_python_client_reads_all_pages(live_server: LiveServer) -> None:
    found = re.search(r"```python\n(.*?)```", TOLD, re.DOTALL)
    assert found
    names: dict[str, Any] = {}
    exec(compile(found[1], "docs/api.md", "exec"), names)
    world = figures.world()
    secret = api.secret_of(api.client_of(world.province, ApiScope.EXACT))
    question = "aggregates/poverty/?round=all&status=any&level=commune&limit=4"
    rows = list(names["povreg"](question, secret, live_server.url))
    assert len(rows) == 9
    assert len({(one["round"], one["area_id"]) for one in rows}) == 9


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
