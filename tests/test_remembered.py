"""What a test is given from memory is what building would have given it."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from households.models import Area, AuditEvent, PovertyStandard
from tests.factories import areas, reviews
from tests.remembered import remembered

pytestmark = pytest.mark.django_db


@contextmanager
def as_a_test() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def built() -> list[str]:
    return []


@pytest.fixture
def build(built: list[str]) -> Callable[..., Area]:
    def commune(name: str = "Xã Thử") -> Area:
        built.append(name)
        reviews.standard()
        return areas.commune(areas.province(), name=name)

    return commune


def all_rows() -> list[object]:
    return [
        *Area.objects.order_by("pk").values(),
        *PovertyStandard.objects.order_by("pk").values(),
        *AuditEvent.objects.order_by("pk").values(),
    ]


def test_rows_and_objects_are_those_that_were_built(
    build: Callable[..., Area], built: list[str]
) -> None:
    with as_a_test():
        first, rows = remembered(build), all_rows()
    with as_a_test():
        assert all_rows() == []
        again = remembered(build)
        assert all_rows() == rows
        assert again == first
        assert again is not first
    assert built == ["Xã Thử"]


def test_what_one_test_changes_another_does_not_see(build: Callable[..., Area]) -> None:
    for __ in range(3):
        with as_a_test():
            commune = remembered(build)
            assert Area.objects.get(pk=commune.pk).name == commune.name == "Xã Thử"
            commune.name = "Xã Khác"
            commune.save()


def test_new_rows_have_new_numbers_and_triggers_are_awake(build: Callable[..., Area]) -> None:
    for __ in range(2):
        with as_a_test():
            commune = remembered(build)
            village = areas.village(commune)
            assert village.pk > commune.pk
            assert village.path.startswith(commune.path)
            with connection.cursor() as cursor:
                cursor.execute("SHOW session_replication_role")
                assert cursor.fetchone() == ("origin",)


def test_another_question_another_day_or_rows_before_it_are_built_anew(
    build: Callable[..., Area], built: list[str], settings: Settings
) -> None:
    with as_a_test():
        remembered(build)
    with as_a_test():
        assert remembered(build, name="Xã Hai").name == "Xã Hai"
    settings.POVREG_TODAY = dt.date(2031, 1, 1)
    with as_a_test():
        remembered(build)
    with as_a_test():
        areas.province("19", "Tỉnh Khác")
        remembered(build)
    assert built == ["Xã Thử", "Xã Hai", "Xã Thử", "Xã Thử"]


def test_files_come_back_into_the_folder_of_the_test(tmp_path: Path) -> None:
    places = iter((tmp_path / "one", tmp_path / "two"))

    def paper() -> None:
        (tmp_path / "one" / "2024").mkdir(parents=True)
        (tmp_path / "one" / "2024" / "paper").write_bytes(b"said")

    for place in places:
        with as_a_test():
            remembered(paper, files_in=place)
        assert (place / "2024" / "paper").read_bytes() == b"said"


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_builds(build: Callable[..., Area], built: list[str]) -> None:
    with as_a_test():
        remembered(build)
    assert not connection.in_atomic_block
    remembered(build)
    assert len(built) == 2
