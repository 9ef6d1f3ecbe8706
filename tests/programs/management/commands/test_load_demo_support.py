"""manage.py load_demo_support: once is enough, twice does no harm."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from pytest_django import Settings

from households.services import reference
from households.services.demo import loading
from households.services.system_user import system_user
from programs.models import Activity, Benefit, MoneyEntry
from programs.services.demo import benefit_lists
from tests.programs.conftest import day


@pytest.fixture
def demonstration(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.MEDIA_ROOT = settings.POVREG_IMPORTS = tmp_path
    reference.load(by=system_user())
    call_command("load_programmes", verbosity=0, stdout=StringIO())
    loading.load(by=system_user())


def _counts() -> dict[str, int]:
    """Rows of every table of support."""
    return {
        one.__name__: one.objects.count() for one in apps.get_app_config("programs").get_models()
    }


def test_a_second_run_adds_nothing(demonstration: None) -> None:
    call_command("load_demo_support", stdout=StringIO())
    first = _counts()
    assert first["Benefit"] > 0
    assert first["Activity"] > 0
    call_command("load_demo_support", stdout=StringIO())
    assert _counts() == first


def test_a_run_that_fails_leaves_nothing(
    demonstration: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(benefit_lists, "load", fail)
    with pytest.raises(RuntimeError):
        call_command("load_demo_support", stdout=StringIO())
    for one in (Activity, Benefit, MoneyEntry):
        assert not one.objects.exists()


@pytest.mark.django_db
def test_only_the_demonstration_takes_it() -> None:
    with pytest.raises(CommandError):
        call_command("load_demo_support", stdout=StringIO())
    assert not Benefit.objects.exists()
