"""Only a change by a person protects a row from the files; loading itself does not."""

import datetime as dt

import pytest

from households.models import Area, AuditEvent
from households.services import audit, reference
from households.services.reference_rows import LOAD_VERB, Tally, align, changed_by_people
from households.services.system_user import system_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> Area:
    reference.load(by=system_user())
    found: Area = Area.objects.on(dt.date(2024, 10, 15)).get(code="02008")
    return found


@pytest.mark.parametrize(("verb", "protected"), [(LOAD_VERB, False), ("area.rename", True)])
def test_who_changed_it_decides(commune: Area, verb: str, protected: bool) -> None:
    with audit.act(by=system_user(), verb=verb):
        Area.objects.filter(pk=commune.pk).update(source="khác")

    assert (commune.pk in changed_by_people(Area, [commune.pk])) is protected


def test_raw_sql_without_an_act_counts_as_a_person(commune: Area) -> None:
    Area.objects.filter(pk=commune.pk).update(source="khác")

    assert not AuditEvent.objects.filter(rows__row_id=commune.pk).exists()
    assert changed_by_people(Area, [commune.pk]) == {commune.pk}


def test_align_tells_new_changed_and_same_apart(commune: Area) -> None:
    tally = Tally()
    missing = align(
        tally,
        {"a": commune},
        {"a": {"name": commune.name}, "b": {"name": "Mới"}},
    )

    assert (tally.unchanged, tally.updated, list(missing)) == (1, 0, ["b"])
