"""Signed editions and their files, each in the version that the caller may have."""

import datetime as dt

import pytest
from pytest_django import Settings

from households.choices.api import ApiScope
from reports.choices import FileForm, FileVersion
from reports.models import Edition
from reports.services import edition_files, public_patterns, signing
from reports.services.signing import Signer
from tests.factories import api
from tests.reports.services.made import TODAY, Reporting, reporting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
REPORTS = f"{api.API}reports/"


@pytest.fixture
def made(settings: Settings) -> Reporting:
    settings.POVREG_TODAY = TODAY + dt.timedelta(days=1)
    return reporting()


def signed(made: Reporting, report: str = "T1") -> Edition:
    edition = made.made(report)
    signer = Signer("Nông Văn Ký", "Chủ tịch", TODAY, "1/BC")
    signing.sign(edition=edition, signer=signer, broken_reason="thử", by=made.department)
    return edition


def test_what_was_signed_is_listed_with_its_files(made: Reporting) -> None:
    made.made("T4")  # a draft
    edition = signed(made)
    public_patterns.weigh(edition=edition)
    for version in FileVersion:
        edition_files.kept(edition=edition, form=FileForm.XLSX, version=version)
    everybody = api.asker(made.world.province, ApiScope.AGGREGATES)
    exact = api.asker(made.world.province, ApiScope.EXACT, name="Đủ số")
    files = {}
    for name, asker in (("public", everybody), ("internal", exact)):
        (told,) = asker.get(f"{REPORTS}?round=2023&report=T1").json()["results"]
        assert told["id"] == edition.pk
        assert told["sha256"] == (edition.sha256 if name == "internal" else None)
        assert told["definition_version"] == edition.definition_version
        (file,) = told["files"]
        answer = asker.get(file["url"])
        assert answer["ETag"] == f'"{file["sha256"]}"'
        assert name in ("internal",) or "cong-khai" in answer["Content-Disposition"]
        files[name] = answer.content
    assert files["public"] != files["internal"]
    assert everybody.get(f"{REPORTS}?report=T4").json()["results"] == []
    assert everybody.get(f"{REPORTS}{edition.pk}/files/pdf/").status_code == 404, "nobody made it"


def test_names_and_other_areas_are_not_there(made: Reporting) -> None:
    names = signed(made, "T14")
    edition = signed(made)
    own = api.asker(made.world.a, ApiScope.EXACT)
    whole = api.asker(made.world.province, ApiScope.EXACT, name="Tỉnh")
    assert [one["id"] for one in whole.get(REPORTS).json()["results"]] == [edition.pk]
    assert whole.get(f"{REPORTS}{names.pk}/files/xlsx/").status_code == 404
    assert own.get(REPORTS).json()["results"] == []
    edition_files.kept(edition=edition, form=FileForm.XLSX, version=FileVersion.INTERNAL)
    assert own.get(f"{REPORTS}{edition.pk}/files/xlsx/").status_code == 404
    assert whole.get(f"{REPORTS}{edition.pk}/files/xlsx/").status_code == 200
