"""The commune's desk on the first page: open requests, moves, and who has no certificate."""

import datetime as dt

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import RequestChannel, RequestKind, Role
from households.models import Household, Residence, User
from households.queries import requests as queries
from households.services import cards, requests
from households.services.requests import Asked
from tests.factories import areas, people, reviews, users
from tests.households.conftest import TODAY, World


def asking(world: World) -> Household:
    """A household of the list that waits for the answer to its request."""
    home = people.household(world.village, people.person("Nông Văn Hỏi"))
    reviews.listed(world.round, world.commune, world.officer, home)
    asked = Asked(RequestKind.REVIEW, RequestChannel.DESK, TODAY, "Nông Văn Hỏi", household=home)
    requests.receive(village=world.village, asked=asked, by=world.officer)
    return home


def test_it_tells_what_waits_and_who_has_no_certificate(world: World, client: Client) -> None:
    asking(world)
    (desk,) = queries.desks_of(world.officer)
    assert (desk.number, desk.without_certificate, desk.arriving) == (1, 1, 0)
    assert desk.first_due_on is not None
    client.force_login(world.officer)
    page = client.get(reverse("households:home")).content.decode()
    assert "1 request waits for its answer" in page
    assert "1 listed household has no certificate" in page


def test_a_merged_commune_answers_what_its_former_ones_received(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    home = asking(world)
    made = areas.merged(world.commune, parent=world.province, on=dt.date(2024, 10, 10))
    here = areas.merged(world.village, parent=made, on=dt.date(2024, 10, 10), name="Thôn Nay")
    Residence.objects.filter(household=home).update(valid_to=dt.date(2024, 10, 9))
    Residence.objects.create(household=home, village=here, valid_from=dt.date(2024, 10, 10))
    cards.refresh(household_ids=[home.pk])
    officer = User.objects.get(pk=users.user("moi", Role.COMMUNE_OFFICER, made).pk)  # rights: two
    with django_assert_num_queries(6):
        (desk,) = queries.desks_of(officer)
    assert (desk.commune, desk.number, desk.without_certificate) == (made, 1, 1)
