"""A NUL in an address is refused plainly, before any page asks the database with it."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["programme=%00", "programme=loan%00", "x=1&q=a%00b"])
def test_a_nul_in_an_address_is_refused(client: Client, query: str) -> None:
    assert client.get(f"{reverse('login')}?{query}").status_code == 400


def test_other_addresses_pass(client: Client) -> None:
    assert client.get(f"{reverse('login')}?next=/%20").status_code == 200
