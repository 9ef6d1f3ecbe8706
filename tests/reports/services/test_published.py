"""Aggregates for everybody are the numbers of public reports, through every door."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from households.choices.api import ApiScope
from reports import tasks
from reports.contents import canonical
from reports.contents.frame import SMALL
from reports.models import Edition, WeighedEdition
from reports.services import public_patterns, signing
from reports.services.signing import Signer
from tests.factories import api
from tests.reports.services.made import TODAY, Reporting, reporting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
LEAST = 5


@pytest.fixture
def made() -> Reporting:
    return reporting()


@pytest.fixture
def asker(made: Reporting) -> Client:
    return api.asker(made.world.province, ApiScope.AGGREGATES)


def address(question: str, dataset: str = "poverty") -> str:
    return f"{api.API}aggregates/{dataset}/?round=2023&{question}"


def test_nothing_is_told_before_it_was_given_out(made: Reporting, asker: Client) -> None:
    made.made("T1")
    refused = asker.get(address(""))
    assert refused.status_code == 422
    assert refused.json()["detail"]


def test_numbers_are_those_of_the_public_report(made: Reporting, asker: Client) -> None:
    edition = made.made("T1")
    public_patterns.weigh(edition=edition)
    given = public_patterns.public(edition, canonical.unpack(bytes(edition.content)))
    assert given is not None
    ((sheet, lines),) = given.sheets
    keys = [column.key for column in sheet.columns]
    by_unit = {line.key: line for line in lines}
    hidden = 0
    for level in ("province", "district", "commune"):
        rows = asker.get(address(f"level={level}")).json()["rows"]
        assert rows
        for row in rows:
            line = by_unit[row["area_id"]]
            for key, cell in zip(keys, line.cells, strict=True):
                assert row[key] == (float(cell) if isinstance(cell, str) else cell), key
                if line.reasons.get(key) == SMALL:
                    assert row["reasons"][key] == "suppressed"
                    hidden += 1
                if key.endswith(("households", "persons")) and row[key] is not None:
                    assert row[key] == 0 or row[key] >= LEAST
    assert hidden > 5


@pytest.mark.parametrize("form", ["csv", "json-stat", "sdmx-csv", "dhis2"])
def test_no_format_tells_a_small_number(made: Reporting, asker: Client, form: str) -> None:
    edition = made.made("T1")
    public_patterns.weigh(edition=edition)
    answer = asker.get(address(f"level=commune&format={form}"))
    assert answer.status_code == 200
    told = (answer.getvalue() if answer.streaming else answer.content).decode()
    exact = api.asker(made.world.province, ApiScope.EXACT, name="Đủ số")
    same = exact.get(address(f"level=commune&format={form}"))
    whole = (same.getvalue() if same.streaming else same.content).decode()
    assert told != whole
    if form != "dhis2":  # it leaves out what is not there
        assert "suppressed" in told or ",Q," in told
    assert "suppressed" not in whole


def test_counts_and_shares_stand_side_by_side(made: Reporting, asker: Client) -> None:
    for report in ("T4", "T5"):
        public_patterns.weigh(edition=made.made(report))
    told = asker.get(address("by=poor&level=province", "deprivations")).json()
    (row,) = told["rows"]
    names = told["parts"][0]["columns"]
    assert "water" in names
    assert "water_rate" in names
    assert set(names) <= set(row)
    if row["water"] is None:
        assert row["water_rate"] is None


def sign(edition: Edition, made: Reporting) -> None:
    signer = Signer("Nông Văn Ký", "Chủ tịch", TODAY, "1/BC")
    signing.sign(edition=edition, signer=signer, broken_reason="thử", by=made.department)


def test_signing_gives_out_and_pins(
    made: Reporting,
    asker: Client,
    settings: object,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.POVREG_TODAY = TODAY + dt.timedelta(days=1)  # type: ignore[attr-defined]
    edition = made.made("T1")
    draft = asker.get(address(f"edition={edition.pk}"))
    assert draft.status_code == 404, "only what was signed stays"
    assert tasks.weigh_for_everybody.name, "known to the queue"
    with django_capture_on_commit_callbacks(execute=True):
        sign(edition, made)
    assert WeighedEdition.objects.filter(edition=edition).exists()
    told = asker.get(address("level=commune")).json()
    assert told["parts"][0]["edition"] == {"id": edition.pk, "number": 1, "is_signed": True}
    pinned = asker.get(address(f"level=commune&edition={edition.pk}")).json()
    assert pinned["rows"] == told["rows"]
    exact = api.asker(made.world.province, ApiScope.EXACT, name="Đủ số")
    whole = exact.get(address(f"level=commune&edition={edition.pk}")).json()
    assert not any(one["reasons"].get("poor_households") for one in whole["rows"])
    own = api.asker(made.world.a, ApiScope.EXACT, name="Xã")
    assert own.get(address(f"edition={edition.pk}")).status_code == 404
    other = asker.get(address(f"edition={edition.pk}", "movements"))
    assert other.status_code == 404, "of another table"


def test_shares_stay_too(
    made: Reporting,
    asker: Client,
    settings: object,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.POVREG_TODAY = TODAY + dt.timedelta(days=1)  # type: ignore[attr-defined]
    counts, shares = made.made("T4"), made.made("T5")
    for one in (counts, shares):
        with django_capture_on_commit_callbacks(execute=True):
            sign(one, made)
    question = "by=poor&level=district"
    newest = asker.get(address(question, "deprivations")).json()
    part = newest["parts"][0]
    assert (part["edition"]["id"], part["edition_of_rates"]["id"]) == (counts.pk, shares.pk)

    def pinned(keys: str, client: Client = asker) -> dict[str, object]:
        told: dict[str, object] = client.get(
            address(f"{question}&edition={keys}", "deprivations")
        ).json()
        return told

    both = pinned(f"{counts.pk},{shares.pk}")
    assert both["rows"] == newest["rows"]
    assert pinned(f"{shares.pk},{counts.pk}") | {"next": None} == both
    alone = pinned(f"{shares.pk}")
    assert alone["parts"][0]["columns"] == [  # type: ignore[index]
        one for one in part["columns"] if one.endswith("_rate") or one == "households"
    ]
    for own, row in zip(alone["rows"], newest["rows"], strict=True):  # type: ignore[call-overload]
        for name in alone["parts"][0]["columns"]:  # type: ignore[index]
            assert own[name] == row[name], name
    exact = pinned(f"{shares.pk}", api.asker(made.world.province, ApiScope.EXACT, name="Đủ số"))
    assert not any("suppressed" in one["reasons"].values() for one in exact["rows"])  # type: ignore[attr-defined]
    other = made.made("T1")
    for keys, number in (
        (f"{counts.pk},{other.pk}", 404), (f"{counts.pk},x", 400),
        (f"{counts.pk},{counts.pk}", 200),
        (f"{counts.pk},{counts.pk + 100}", 404), ("", 400),
    ):  # fmt: skip
        asked = f"{question}&edition={keys}"
        assert asker.get(address(asked, "deprivations")).status_code == number, keys
