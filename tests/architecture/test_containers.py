"""docker-compose.yml and the Dockerfile have the form that production needs."""

import re
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT

OURS = ("prepare", "web", "worker", "beat")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return found


def test_the_five_parts_are_there(compose: dict[str, Any]) -> None:
    assert {"web", "worker", "beat", "postgres", "redis"} <= set(compose["services"])
    assert compose["services"]["postgres"]["image"] == "postgres:18"


def test_the_database_is_created_as_the_embedded_one(compose: dict[str, Any]) -> None:
    arguments = compose["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    embedded = (ROOT / "povreg" / "embedded" / "postgres.py").read_text("utf-8")

    assert "--locale-provider=builtin" in arguments
    assert "--builtin-locale=C.UTF-8" in arguments
    assert all(f'"{argument}"' in embedded for argument in arguments)


def test_no_secret_is_written_down(compose: dict[str, Any]) -> None:
    for name in OURS:
        environment = compose["services"][name]["environment"]
        for secret in ("POVREG_SECRET_KEY", "POVREG_FIELD_KEY", "POVREG_BACKUP_KEY"):
            assert environment[secret] == f"${{{secret}:?}}"
        assert "${POSTGRES_PASSWORD:?}" in environment["DATABASE_URL"]


def test_nothing_serves_before_the_database_is_prepared(compose: dict[str, Any]) -> None:
    for name in ("web", "worker", "beat"):
        waits = compose["services"][name]["depends_on"]
        assert waits == {"prepare": {"condition": "service_completed_successfully"}}
    needed = compose["services"]["prepare"]["depends_on"]
    assert set(needed) == {"postgres", "redis"}
    assert all(need == {"condition": "service_healthy"} for need in needed.values())


def test_production_has_no_demo_and_one_beat(compose: dict[str, Any]) -> None:
    beats = [
        name
        for name, service in compose["services"].items()
        if " beat " in str(service.get("command", ""))
    ]
    assert beats == ["beat"]
    assert all(compose["services"][name]["environment"]["POVREG_DEMO"] == "none" for name in OURS)


def test_what_is_kept_lies_in_volumes(compose: dict[str, Any]) -> None:
    for name in (*OURS, "postgres", "redis"):
        for volume in compose["services"][name]["volumes"]:
            assert volume.split(":")[0] in compose["volumes"]


def test_the_image_installs_the_lock_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")

    assert "--require-hashes -r requirements.lock" in text
    assert re.search(r"^USER (?!root)\w+", text, re.MULTILINE)
    assert text.index("\nUSER ") < text.index("\nCMD ")
