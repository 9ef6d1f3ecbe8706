"""Loading the shipped programmes, and the department's word on what is in doubt."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import AuditEvent
from households.services import audit
from households.services.system_user import system_user
from programs.choices import Doubt
from programs.models import Programme, ProgrammeTerms
from programs.services import programme_files, programmes
from tests.factories import areas, users
from tests.programs.conftest import Land

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing() -> None:
    first = programmes.load(by=system_user())
    assert first.programmes.created == Programme.objects.count() > 10
    acts = AuditEvent.objects.count()
    second = programmes.load(by=system_user())
    assert not second.changed_anything
    assert second.terms.unchanged == ProgrammeTerms.objects.count()
    assert AuditEvent.objects.count() == acts


def test_what_a_person_changed_stays_and_is_named() -> None:
    programmes.load(by=system_user())
    terms = ProgrammeTerms.objects.get(programme__code="health_card", ground="near_poor")
    with audit.act(by=system_user(), verb="somebody.changed"):
        terms.share_percent = 80
        terms.save()
    loaded = programmes.load(by=system_user())
    terms.refresh_from_db()
    assert terms.share_percent == 80
    assert loaded.terms.kept == [str(terms)]


def test_only_the_system_or_an_administrator_loads(land: Land) -> None:
    with pytest.raises(Refused):
        programmes.load(by=land.officer)


@pytest.mark.parametrize(
    ("was", "becomes", "place"),
    [
        ("format = 1", "format = 2", "format"),
        ('kind = "LOAN"', 'kind = "GIFT"', "kind"),
        ('class = ["POOR"]', 'class = ["RICH"]', "terms.1.who.class"),
        ('class = ["POOR"]', 'colour = ["RED"]', "terms.1.who.colour"),
        ("ceiling_vnd = 50000000", "ceiling_vnd = 5.5", "terms.1.ceiling_vnd"),
        ("ceiling_vnd = 50000000", "ceiling_eur = 5", "ceiling_eur"),
        ("valid_to = 2019-02-28", "valid_to = 2000-01-01", "terms.1"),
        ('rate_percent_year = "weak"', 'rate_percent_year = "sure"', "terms.1.doubts"),
        ('legal_basis = "Nghị định 78/2002/NĐ-CP"\n', "", "terms.1.legal_basis"),
        ("months = 36", "months = -1", "newly_escaped"),
        ('code = "loan"', 'code = "lent"', "lent"),
        ("[[terms]]", "[[terms", "loan.toml"),
    ],
)
def test_a_wrong_file_is_named_with_its_place(
    tmp_path: Path, was: str, becomes: str, place: str
) -> None:
    shutil.copytree(programme_files.DATA_FOLDER, tmp_path / "data")
    file = tmp_path / "data" / "programmes" / "loan.toml"
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(Invalid, match=r"loan\.toml") as raised:
        programmes.load(by=system_user(), folder=tmp_path / "data")
    assert place in str(raised.value)
    assert not Programme.objects.exists()


def test_the_department_vouches_for_what_is_in_doubt(land: Land) -> None:
    terms = ProgrammeTerms.objects.get(programme__code="tet_gift")
    assert not terms.decides
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    source = "Quyết định 12/QĐ-UBND"
    confirmed = programmes.confirm(terms=terms, stated="who", source=source, by=chief)
    assert confirmed.decides
    assert confirmed.source.endswith(source)
    act = AuditEvent.objects.get(verb="programme_terms.confirm")
    assert (act.by, act.details["was"]) == (chief, Doubt.WEAK)
    with pytest.raises(Invalid):
        programmes.confirm(terms=terms, stated="who", source=source, by=chief)


def test_without_a_text_nothing_is_confirmed(land: Land) -> None:
    terms = ProgrammeTerms.objects.get(programme__code="tet_gift")
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    with pytest.raises(Invalid):
        programmes.confirm(terms=terms, stated="who", source=" ", by=chief)


def test_others_confirm_nothing(land: Land) -> None:
    terms = ProgrammeTerms.objects.get(programme__code="tet_gift")
    with pytest.raises(Refused):
        programmes.confirm(terms=terms, stated="who", source="QĐ", by=land.officer)
    terms.owner = areas.province("19", "Tỉnh Khác")
    terms.save()
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    with pytest.raises(Refused):
        programmes.confirm(terms=terms, stated="who", source="QĐ", by=chief)


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_programmes")
    assert f"{Programme.objects.count()} mới" in capsys.readouterr().out
    call_command("load_programmes")
    assert capsys.readouterr().out == ""
