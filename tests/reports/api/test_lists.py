"""Names for systems of the state: of decided lists alone, of their own area, always on record."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import PovertyClass
from households.choices.api import ApiScope
from households.errors import DomainError
from households.models import ApiToken, AuditEvent, Person
from households.models.people import code_of
from households.services import api_clients, api_lists
from reports.choices import FigureLevel
from reports.queries import name_lists, questions
from tests.factories import api, figures
from tests.factories.figures import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
NUMBER = "006080123456"


@pytest.fixture
def world() -> World:
    return figures.world()


@pytest.fixture
def asker(world: World) -> Client:
    return api.asker(world.province, ApiScope.LISTS)


def address(question: str = "class=poor", purpose: str = "Cấp thẻ BHYT") -> str:
    return f"{reverse('api:lists')}?{question}&purpose={purpose}"


def page(asker: Client, question: str = "class=poor") -> dict[str, Any]:
    answer = asker.post(address(question))
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def acts() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb=api_lists.READ).order_by("pk"))


@pytest.mark.parametrize(
    ("word", "poverty_class"), [("poor", PovertyClass.POOR), ("near-poor", PovertyClass.NEAR_POOR)]
)
def test_the_list_is_that_of_the_report(
    world: World, asker: Client, word: str, poverty_class: PovertyClass
) -> None:
    question = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.PROVINCE
    )
    expected = list(name_lists.households(question, poverty_class.value))
    told = page(asker, f"class={word}&round=2023")
    assert (told["class"], told["round"], told["communes_undecided"]) == (word, "2023", 0)
    assert [one["household"] for one in told["rows"]] == [
        code_of(one.household_id) for one in expected
    ]
    for row, one in zip(told["rows"], expected, strict=True):
        assert (row["came"], row["has_form"], row["merit"]) == (one.came, one.has_form, one.merit)
        assert row["village"] == one.place.village_name
        assert [member["name"] for member in row["members"]] == [m.name for m in one.members]
        assert [member["birth_year"] for member in row["members"]] == [
            m.birth_year for m in one.members
        ]
    assert expected


def test_pages_are_all_households_once_and_each_is_on_record(world: World, asker: Client) -> None:
    whole = page(asker)["rows"]
    assert len(whole) == 7
    found: list[Any] = []
    following: str | None = address("class=poor&limit=2")
    while following:
        answer = asker.post(following).json()
        found += answer["rows"]
        following = answer["next"]
    assert found == whole
    counts = [one.details["count"] for one in acts()]
    assert counts == [7, 2, 2, 2, 1]
    read = [pk for one in acts()[1:] for pk in one.details["households"]]
    assert sorted(read) == acts()[0].details["households"]
    assert [code_of(pk) for pk in read] != []


def test_the_act_says_who_read_what_and_why(world: World, asker: Client) -> None:
    page(asker, "class=poor&round=2023")
    (act,) = acts()
    token = ApiToken.objects.get()
    assert (act.object_type, act.object_id) == ("households.apiclient", token.client_id)
    assert (act.reason, act.area_id) == ("Cấp thẻ BHYT", world.province.pk)
    assert act.details["token"] == token.prefix
    assert act.details["agreement"] == token.client.agreement
    assert act.details["asked"]["numbers"] is False
    told = str(act.details) + act.reason
    assert not [one for one in Person.objects.all() if one.full_name in told]


@pytest.mark.parametrize("purpose", ["", "%20", "x" * 301])
def test_nothing_is_told_without_saying_what_for(asker: Client, purpose: str) -> None:
    refused = asker.post(address(purpose=purpose))
    assert refused.status_code == 422
    assert list(refused.json()["fields"]) == ["purpose"]
    assert acts() == []


def test_nothing_is_told_that_cannot_be_recorded(
    asker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_told: Any) -> None:
        raise DomainError("không ghi được")

    monkeypatch.setattr(api_lists, "record", broken)
    refused = asker.post(address())
    assert refused.status_code == 422
    assert "rows" not in refused.json()


def test_numbers_are_masked_unless_there_is_a_right_to_them(world: World, asker: Client) -> None:
    head = world.person("merging")
    head.personal_id = NUMBER
    head.save()
    masked = str(page(asker))
    assert NUMBER not in masked
    assert NUMBER[-3:] in masked
    full = api.asker(world.province, ApiScope.NUMBERS, name="Đủ số")
    told = page(full)
    numbers = [
        (row["commune_id"], member["name"], member["personal_number"])
        for row in told["rows"]
        for member in row["members"]
        if member["personal_number"]
    ]
    assert numbers == [(world.c.pk, head.full_name, NUMBER)]
    assert acts()[-1].details["asked"]["numbers"] is True


def test_who_is_on_the_list_without_a_form_has_the_number_of_the_register(
    world: World, asker: Client
) -> None:
    head = world.person("merging")
    head.personal_id = NUMBER
    head.save()
    survey = world.rounds[2023].surveys.get(household=world.homes["merging"])
    survey.assessments.all().delete()
    row = next(one for one in page(asker)["rows"] if one["commune_id"] == world.c.pk)
    assert row["has_form"] is False
    (number,) = [one["personal_number"] for one in row["members"] if one["personal_number"]]
    assert number.endswith(NUMBER[-3:])
    assert number != NUMBER


def test_only_lists_that_were_decided() -> None:
    world = figures.world(decide_last=False)
    asker = api.asker(world.province, ApiScope.LISTS)
    refused = asker.post(address("class=poor&round=2023"))
    assert refused.status_code == 422
    world.decide(2023, world.b)
    told = page(asker, "class=poor&round=2023")
    assert {one["commune_id"] for one in told["rows"]} == {world.b.pk}
    assert told["communes_undecided"] == 2


def test_another_commune_is_not_told(world: World) -> None:
    own = api.asker(world.b, ApiScope.LISTS)
    assert {one["commune_id"] for one in page(own)["rows"]} == {world.b.pk}
    for other in (world.a, world.c, world.near, world.province):
        assert own.post(address(f"class=poor&area_id={other.pk}")).status_code == 404
    foreign = api.asker(world.province, ApiScope.LISTS, name="Tỉnh")
    following = foreign.post(address("class=poor&limit=1")).json()["next"]
    # A cursor of another's question names a commune that is not there.
    assert own.post(following).status_code == 400


def test_names_are_for_their_scope_and_by_post_alone(world: World, asker: Client) -> None:
    for scope in (ApiScope.AGGREGATES, ApiScope.EXACT):
        other = api.asker(world.province, scope, name=scope.label)
        assert other.post(address()).status_code == 403
    assert asker.get(address()).status_code == 405
    assert Client().post(address()).status_code == 401
    assert acts() == []


def test_a_token_that_was_taken_meanwhile_reads_nothing(world: World, asker: Client) -> None:
    assert page(asker)["rows"]
    client = ApiToken.objects.get().client
    api_clients.close(client=client, by=api.keeper(world.province))
    assert asker.post(address()).status_code == 401


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("class=rich", "class"), ("round=2023", "class"), ("class=poor&round=1999", "round"),
        ("class=poor&standard=x", "standard"), ("class=poor&cursor=%25", "cursor"),
        ("class=poor&cursor=AAAA", "cursor"), ("class=poor&level=village", "level"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_names_its_parameter(
    asker: Client, question: str, parameter: str
) -> None:
    refused = asker.post(address(question))
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == [parameter]
    assert acts() == []


def test_nothing_of_it_is_kept(asker: Client) -> None:
    answer = asker.post(address())
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "private, no-store"
