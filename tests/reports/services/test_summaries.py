"""Sums are kept until something of the commune changes, and worked out by one at a time."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from households.models import ChangeMark
from households.services import job_locks
from reports import tasks
from reports.models import ClassSummary, CommuneSummary, EthnicSummary
from reports.services import summaries
from tests.reports.conftest import Country


def test_only_what_changed_is_added_up(country: Country) -> None:
    country.poor()
    country.poor(1)
    assert tasks.refresh_summaries() == 2
    assert tasks.refresh_summaries() == 0
    before = CommuneSummary.objects.get(commune=country.communes[0]).computed_at
    country.poor(1)
    assert summaries.refresh_changed() == 1
    assert CommuneSummary.objects.get(commune=country.communes[0]).computed_at == before
    there = ClassSummary.objects.get(commune=country.communes[1])
    assert (there.households, there.persons) == (2, 2)


def test_a_refresh_replaces_what_was_there(country: Country) -> None:
    country.poor()
    for __ in range(2):
        summaries.refresh(round_id=country.round.pk, communes=[country.communes[0].pk])
    assert ClassSummary.objects.count() == EthnicSummary.objects.count() == 1
    number = ChangeMark.objects.get().number
    assert CommuneSummary.objects.get().mark_number == number
    assert ClassSummary.objects.get().mark_number == number


def test_a_commune_without_results_is_known_to_have_none(country: Country) -> None:
    summaries.refresh(round_id=country.round.pk, communes=[country.communes[0].pk])
    assert CommuneSummary.objects.get().mark_number == 0
    assert not ClassSummary.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_run_at_work_is_left_to_it() -> None:
    held, go_on = threading.Event(), threading.Event()

    def other() -> None:
        with job_locks.held(summaries._JOB, 0) as mine:
            assert mine
            held.set()
            go_on.wait(20)
        connection.close()

    running = threading.Thread(target=other)
    running.start()
    assert held.wait(20)
    ChangeMark.objects.all().delete()
    assert summaries.refresh_changed() == 0
    go_on.set()
    running.join()


def test_the_database_refuses_sums_that_cannot_be(country: Country) -> None:
    country.poor()
    summaries.refresh_changed()
    with pytest.raises(IntegrityError, match="adds_up"), transaction.atomic():
        ClassSummary.objects.update(minority_households=9)
    with pytest.raises(IntegrityError, match="somebody"), transaction.atomic():
        EthnicSummary.objects.update(households=0)
    with pytest.raises(IntegrityError, match="poverty_class_known"), transaction.atomic():
        ClassSummary.objects.update(poverty_class="RICH")
