"""The lists are remembered by each process, and never shown as they were."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from households.forms.review_lists import ReviewLists
from households.models import EthnicGroup, ListEntry

LONGEST_S = 60


@pytest.fixture
def lists(db: None) -> None:
    ListEntry.objects.create(
        list_code="shock", code="flood", name_vi="Lũ lụt", name_en="Flood", position=1
    )
    EthnicGroup.objects.create(code="02", name="Tày", is_minority=True, aliases=["tho"])


def names() -> list[str]:
    return [str(name) for __, name in ReviewLists().options("shock")]


def test_both_lists_are_looked_at_with_one_statement(
    lists: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    names(), ReviewLists().ethnic_group("Tày")
    with django_assert_num_queries(1):
        kept = ReviewLists()
        assert kept.options("shock") == [("flood", "Lũ lụt")]
        assert kept.options("no such list") == []
        assert kept.ethnic_group("TÀY") == kept.ethnic_group("tho") == kept.ethnic_groups[0]
        assert kept.ethnic_group("Thái") is None


def test_a_name_is_in_the_language_of_the_page(lists: None) -> None:
    assert names() == ["Lũ lụt"]
    with translation.override("en"):
        assert names() == ["Flood"]


def test_a_change_is_there_for_the_next_form(lists: None) -> None:
    assert names() == ["Lũ lụt"]
    ListEntry.objects.update(name_vi="Lũ quét")
    assert names() == ["Lũ quét"]
    ListEntry.objects.create(
        list_code="shock", code="fire", name_vi="Cháy", name_en="Fire", position=0
    )
    assert names() == ["Cháy", "Lũ quét"]
    assert ReviewLists().ethnic_group("Tho") is not None
    EthnicGroup.objects.update(aliases=[])
    assert ReviewLists().ethnic_group("Tho") is None
    EthnicGroup.objects.all().delete()
    assert ReviewLists().ethnic_groups == []


def test_what_was_taken_back_is_not_remembered(lists: None) -> None:
    assert names() == ["Lũ lụt"]
    with transaction.atomic():
        ListEntry.objects.update(name_vi="Chưa chắc")
        assert names() == ["Chưa chắc"]
        transaction.set_rollback(True)
    assert names() == ["Lũ lụt"]


@contextmanager
def changed_elsewhere() -> Iterator[None]:
    """Another session changes both lists; it commits when the block ends."""
    is_written, may_commit = Event(), Event()

    def change() -> None:
        try:
            with transaction.atomic():
                ListEntry.objects.update(name_vi="Hạn hán")
                EthnicGroup.objects.update(name="Nùng")
                is_written.set()
                may_commit.wait(LONGEST_S)
        finally:
            connection.close()

    other = Thread(target=change)
    other.start()
    try:
        assert is_written.wait(LONGEST_S)
        yield
    finally:
        may_commit.set()
        other.join(LONGEST_S)


@pytest.mark.django_db(transaction=True)
def test_a_change_of_another_session_is_there_from_its_commit_on() -> None:
    ListEntry.objects.create(
        list_code="shock", code="flood", name_vi="Lũ lụt", name_en="Flood", position=1
    )
    EthnicGroup.objects.create(code="02", name="Tày", is_minority=True)
    assert names() == ["Lũ lụt"]
    with changed_elsewhere():
        assert names() == ["Lũ lụt"]
        assert [one.name for one in ReviewLists().ethnic_groups] == ["Tày"]
    assert names() == ["Hạn hán"]
    assert [one.name for one in ReviewLists().ethnic_groups] == ["Nùng"]
