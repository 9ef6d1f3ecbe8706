"""One box: what it finds, in which order, and never of another commune."""

import datetime as dt
from types import SimpleNamespace

import pytest
from pytest_django import DjangoAssertNumQueries

from households import policies
from households.choices import Role
from households.models import Household, HouseholdKey, Membership, User
from households.queries import name_search
from households.queries.search import Exact, Results, search
from households.services import cards
from tests.factories import areas, people, users


@pytest.fixture(params=["by card", "by name"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of finding names, of a commune and of a province, over the same people."""
    if request.param == "by name":
        monkeypatch.setattr(name_search, "READ_BY_CARD", 0)
    return str(request.param)


@pytest.fixture
def place(db: None) -> SimpleNamespace:
    province = areas.province()
    commune, next_door = areas.commune(province), areas.commune(province, "02011", "Xã Khác")
    return SimpleNamespace(
        province=province,
        commune=commune,
        village=areas.village(commune, "Thôn Nà Mới"),
        other_village=areas.village(commune, "Thôn Đông"),
        far_village=areas.village(next_door, "Thôn Nà Xa"),
        officer=users.user("officer", Role.COMMUNE_OFFICER, commune),
        department=users.user("department", Role.DEPARTMENT, province),
    )


def live(place: SimpleNamespace, *names: str) -> int:
    made = people.household(place.village, *(people.person(name) for name in names))
    return int(made.pk)


def heads(user: User, words: str) -> list[str]:
    return [hit.name for hit in search(user, words).heads]


def members(user: User, words: str) -> list[tuple[str, str]]:
    return [(hit.name, hit.card.head_name) for hit in search(user, words).members]


@pytest.mark.usefixtures("way")
def test_the_best_fit_stands_first(place: SimpleNamespace) -> None:
    for name in ("Lò Văn Khoa", "Lò Văn Hoan", "Lò Thị Hoa", "Lò Hoà An", "Lò Thị Hoà"):
        live(place, name)
    given_first = ["Lò Thị Hoà", "Lò Hoà An"]
    assert heads(place.officer, "Hoà") == [*given_first, "Lò Thị Hoa", "Lò Văn Hoan", "Lò Văn Khoa"]
    # "Hòa" and "Hoà" are one name; without accents, whoever is written so comes first.
    assert heads(place.officer, "HÒA")[:2] == given_first
    assert heads(place.officer, "hoa")[0] == "Lò Thị Hoa"


@pytest.mark.usefixtures("way")
def test_the_whole_name_stands_before_more_of_it(place: SimpleNamespace) -> None:
    for name in ("Vàng A Páo", "Vàng A Páo Lớn", "Páo Vàng A"):
        live(place, name)
    found = ["Vàng A Páo", "Vàng A Páo Lớn", "Páo Vàng A"]
    assert heads(place.officer, "vang a pao") == found
    assert heads(place.officer, "Vàng A Páo") == found


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("words", ["Lý Thị Sinh", "sinh ly", "ly sin", "thị lý", "y th", "inh"])
def test_a_member_is_found_with_whose_household(place: SimpleNamespace, words: str) -> None:
    live(place, "Nông Văn Thử", "Lý Thị Sinh")
    live(place, "Đặng Văn Ngô", "Hà Thị Lê")
    assert members(place.officer, words) == [("Lý Thị Sinh", "Nông Văn Thử")]
    assert heads(place.officer, words) == []


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    "words", ["giang seo phua", "gianf seo phu", "giag seo phu", "gianng seo phu", "gainG sEo phu"]
)
def test_one_wrong_letter_still_finds(place: SimpleNamespace, words: str) -> None:
    live(place, "Giàng Seo Phử")
    live(place, "Sùng Seo Lử")
    (hit,) = search(place.officer, words).heads
    assert (hit.name, hit.is_near) == ("Giàng Seo Phử", True)


@pytest.mark.usefixtures("way")
def test_scraps_of_many_words_find_their_names(place: SimpleNamespace) -> None:
    """More words begin so than the index of names is asked for."""
    words = "Nga Ngà Ngan Ngân Ngang Nghi Nghĩa Nghiêm Ngọ Ngoan Ngọc Ngoãn Ngô Ngơi Nguyên Nguyệt"
    names = [f"Đặng Thị {word}" for word in words.split()]
    for name in names:
        live(place, name)
    live(place, "Đặng Văn Khoan")
    live(place, "Hà Thị Ngoan Lớn")
    assert set(heads(place.officer, "ng da")) == set(names) | {"Đặng Văn Khoan"}
    assert set(heads(place.officer, "ng th ha")) == {"Hà Thị Ngoan Lớn"}
    assert len(heads(place.officer, "ng")) == len(names) + 2
    assert heads(place.officer, "oan")[-1] == "Đặng Văn Khoan"


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("words", ["gianf seo fhu", "giaff", "gi", "xyz"])
def test_two_wrong_letters_do_not(place: SimpleNamespace, words: str) -> None:
    live(place, "Giàng Seo Phử")
    assert [hit for hit in search(place.officer, words).heads if hit.is_near] == []


@pytest.mark.usefixtures("way")
def test_what_is_nearly_right_is_looked_for_only_where_little_is_found(
    place: SimpleNamespace,
) -> None:
    live(place, "Lò Văn Toán")
    live(place, "Lò Văn Tuấn")
    assert heads(place.officer, "tuan") == ["Lò Văn Tuấn", "Lò Văn Toán"]
    for __ in range(name_search.LITTLE):
        live(place, "Lò Văn Tuấn")
    assert "Lò Văn Toán" not in heads(place.officer, "tuan")


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("words", ["Quàng Văn Xa", "quang", "quanf van xa", "006091456789", "uan"])
def test_nobody_of_another_commune_is_ever_found(place: SimpleNamespace, words: str) -> None:
    far = people.person("Quàng Văn Xa", personal_id="006091456789")
    child = people.person("Quàng Thị Quanh")
    there = people.household(place.far_village, far, child)
    HouseholdKey.objects.create(source="06", key="XA-1", household=there)
    assert search(place.officer, words).is_empty
    assert not search(place.department, words).is_empty
    for exact in (there.code, str(there.pk), "xa-1", "Nà Xa"):
        assert search(place.officer, exact).is_empty
        assert not search(place.department, exact).is_empty


def test_who_sees_all_villages_finds_the_same(
    place: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(place, "Nông Văn Thử", "Lý Thị Sinh")
    monkeypatch.setattr(name_search, "READ_BY_CARD", 0)
    for words in ("thử", "sinh", "ly sinj"):
        found = search(place.department, words)
        assert {hit.card.head_name for hit in found.heads + found.members} == {"Nông Văn Thử"}


def test_who_reads_no_households_finds_nothing(place: SimpleNamespace) -> None:
    live(place, "Nông Văn Thử")
    administrator = users.user("admin", Role.ADMINISTRATOR, place.province)
    assert search(administrator, "nong") == Results()


def test_what_only_one_has_stands_alone(place: SimpleNamespace) -> None:
    head = people.person("Nông Văn Thử", personal_id="006080001950")
    made = people.household(place.village, head)
    HouseholdKey.objects.create(source="06", key="BK-17", household=made)
    for words, by in (
        (made.code, Exact.CODE),
        (f" {made.code.lower()} ", Exact.CODE),
        (str(made.pk), Exact.CODE),
        ("bk-17", Exact.KEY),
        ("006080001950", Exact.NUMBER),
    ):
        found = search(place.officer, words)
        assert [(hit.card.pk, hit.by) for hit in found.exact] == [(made.pk, by)], words
        assert not found.heads
        assert not found.members
    assert search(place.officer, "006080001951").is_empty
    assert search(place.officer, "00608000195").is_empty


def test_villages_and_communes_are_found_without_accents(place: SimpleNamespace) -> None:
    def found(user: User, words: str) -> list[str]:
        return [one.name for one in search(user, words).places]

    assert found(place.officer, "na moi") == ["Thôn Nà Mới"]
    assert found(place.officer, "đông") == ["Thôn Đông"]
    assert found(place.officer, "thôn nà") == ["Thôn Nà Mới"]
    assert found(place.department, "thon na") == ["Thôn Nà Mới", "Thôn Nà Xa"]
    assert found(place.department, "xã th") == ["Xã Thử", "Thôn Nà Xa"]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    "words",
    ["", " ", "%", "_", "%%%%", "\\", "' OR 1=1 --", "a" * 120, "a " * 60, "\u0301", "(?n).*", "🙂",
     "99999999999999999999", "H999999999", "Nông%", "nong_van", "\n", "nong\nvan thu x"],
)  # fmt: skip
def test_hostile_words_find_nothing_and_break_nothing(place: SimpleNamespace, words: str) -> None:
    live(place, "Nông Văn Thử", "Lý Thị Sinh")
    assert search(place.officer, words).is_empty


@pytest.mark.usefixtures("way")
def test_a_household_that_ended_is_found_by_its_heads_name(place: SimpleNamespace) -> None:
    pk = live(place, "Nông Văn Thử", "Lý Thị Sinh")
    Membership.objects.filter(household=pk).update(valid_to=dt.date(2024, 5, 1))
    Household.objects.filter(pk=pk).update(ended_on=dt.date(2024, 5, 1), end_reason="died_out")
    cards.refresh(household_ids=[pk])
    (hit,) = search(place.officer, "nong thu").heads
    assert hit.card.is_ended
    assert members(place.officer, "sinh") == []


@pytest.mark.usefixtures("way")
def test_no_more_than_a_page_is_shown_of_a_group(place: SimpleNamespace) -> None:
    for number in range(25):
        live(place, f"Nông Văn Thử {number}", f"Nông Thị Thử {number}")
    found = search(place.officer, "thu")
    assert (len(found.heads), len(found.members), found.has_more) == (20, 20, True)


@pytest.mark.parametrize(
    ("words", "villages", "queries"),
    [
        ("nong", 80, 5),
        ("nong", 0, 8),
        ("nonf", 80, 7),
        ("nonf", 0, 9),
        ("nonf thu", 0, 9),
        ("H00000001", 80, 2),
    ],
)
def test_the_number_of_queries_is_fixed(
    place: SimpleNamespace,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    villages: int,
    queries: int,
) -> None:
    monkeypatch.setattr(name_search, "READ_BY_CARD", villages)
    for number in range(name_search.LITTLE + 1):
        live(place, f"Nông Văn Thử {number}", f"Nông Thị Con {number}")
    policies.rights(place.officer).branches(policies.READS_HOUSEHOLDS)
    with django_assert_num_queries(queries):
        search(place.officer, words)


@pytest.mark.parametrize("words", ["085123456", "85123456"])
def test_an_old_number_finds_who_has_it_and_only_in_ones_area(
    place: SimpleNamespace, words: str
) -> None:
    own = people.household(place.village, people.person("Lò Văn Cũ", old_number="085123456"))
    far = people.household(place.far_village, people.person("Lý Văn Xa", old_number="085123456"))
    assert [(hit.card.pk, hit.by) for hit in search(place.officer, words).exact] == [
        (own.pk, Exact.NUMBER)
    ]
    found = {hit.card.pk for hit in search(place.department, words).exact}
    assert found == {own.pk, far.pk}
