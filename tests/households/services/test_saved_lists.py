"""A user keeps filters and order under a name, for himself; of searched words nothing is kept."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from households.choices import PovertyClass, Role
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent, SavedList, User
from households.policies.saved_lists import MOST_SAVED_LISTS
from households.queries.household_search import Wanted
from households.queries.list_order import Order
from households.services import saved_lists
from tests.factories import users

POOR = Wanted(poverty_class=PovertyClass.POOR)


def _saved(by: User, name: str = "Hộ nghèo", wanted: Wanted = POOR) -> SavedList:
    return saved_lists.save(name=name, wanted=wanted, order=Order("members", True), by=by)


def test_what_is_kept_are_codes_and_places(place: SimpleNamespace) -> None:
    wanted = Wanted(
        words="Nông Văn Kín", poverty_class="POOR", village=place.village, in_round="due"
    )
    kept = _saved(place.officer, "  Hộ nghèo   thôn ", wanted)
    kept.refresh_from_db()
    assert (kept.name, kept.folded_name) == ("Hộ nghèo thôn", "ho ngheo thon")
    assert (kept.poverty_class, kept.in_round, kept.order) == ("POOR", "due", "-members")
    assert (kept.commune, kept.village) == (None, place.village)
    event = AuditEvent.objects.get(verb="saved_list.save")
    assert event.by == place.officer
    assert "Kín" not in str(event.details) + str(SavedList.objects.values().get())


@pytest.mark.parametrize("name", ["Hộ nghèo", "HO NGHEO", " hộ  nghèo "])
def test_a_name_is_once_whatever_its_accents(place: SimpleNamespace, name: str) -> None:
    _saved(place.officer)
    with translation.override("en"), pytest.raises(Conflict, match="of this name already"):
        _saved(place.officer, name)
    assert SavedList.objects.count() == 1
    # Of another user it is another list.
    _saved(users.user("other", Role.COMMUNE_OFFICER, place.commune), name)


@pytest.mark.parametrize("name", ["", "  ", "\x00", "x" * 61])
def test_without_a_fitting_name_nothing_is_kept(place: SimpleNamespace, name: str) -> None:
    with pytest.raises(Invalid):
        _saved(place.officer, name)
    assert not SavedList.objects.exists()
    assert not AuditEvent.objects.filter(verb="saved_list.save").exists()


def test_all_households_need_no_name(place: SimpleNamespace) -> None:
    for wanted in (Wanted(), Wanted(words="nong")):
        with pytest.raises(Invalid):
            saved_lists.save(name="Tất cả", wanted=wanted, order=Order(), by=place.officer)


def test_there_is_an_end_to_how_many(place: SimpleNamespace) -> None:
    for number in range(MOST_SAVED_LISTS):
        _saved(place.officer, f"Danh sách {number}")
    with pytest.raises(Refused):
        _saved(place.officer)
    saved_lists.delete(saved=SavedList.objects.latest("pk"), by=place.officer)
    _saved(place.officer)


def test_one_list_opens_first_and_none_if_so_wished(place: SimpleNamespace) -> None:
    first, second = _saved(place.officer), _saved(place.officer, "Hộ cận nghèo")
    for one in (first, second):
        saved_lists.open_with(saved=one, is_default=True, by=place.officer)
        assert SavedList.objects.get(is_default=True) == one
    saved_lists.open_with(saved=second, is_default=False, by=place.officer)
    assert not SavedList.objects.filter(is_default=True).exists()


def test_it_is_renamed_and_deleted_on_record(place: SimpleNamespace) -> None:
    kept = _saved(place.officer)
    _saved(place.officer, "Hộ cận nghèo")
    saved_lists.rename(saved=kept, name="Nghèo", by=place.officer)
    with pytest.raises(Conflict):
        saved_lists.rename(saved=kept, name="hộ CẬN nghèo", by=place.officer)
    assert SavedList.objects.get(pk=kept.pk).name == "Nghèo"
    saved_lists.delete(saved=kept, by=place.officer)
    assert not SavedList.objects.filter(pk=kept.pk).exists()
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["saved_list.rename", "saved_list.delete"]


def test_nobody_changes_anothers_list(place: SimpleNamespace) -> None:
    kept = _saved(place.officer)
    other = users.user("other", Role.COMMUNE_OFFICER, place.commune)
    with pytest.raises(Refused):
        saved_lists.rename(saved=kept, name="Khác", by=other)
    with pytest.raises(Refused):
        saved_lists.delete(saved=kept, by=other)
    with pytest.raises(Refused):
        saved_lists.open_with(saved=kept, is_default=True, by=other)
    assert SavedList.objects.get().name == "Hộ nghèo"


def test_who_reads_no_families_or_practises_keeps_no_list(place: SimpleNamespace) -> None:
    with pytest.raises(Refused):
        _saved(users.user("root", Role.ADMINISTRATOR, place.province))
    place.officer.is_practising = True
    with pytest.raises(Refused):
        _saved(place.officer)
