"""Links of the programmes: all of them work, and only those one may open are shown."""

from django.test import Client

from households.choices import Role
from programs.models import Programme
from programs.views.sections import links_of, sections
from tests.factories import users
from tests.programs.conftest import Land
from tests.programs.conftest import land as land


def names(role: Role, land: Land) -> set[str]:
    user = users.user(f"s_{role.lower()}", role, land.commune)
    return {link.name for _title, links in sections(user) for link in links}


def test_the_officer_is_shown_all_parts_and_each_opens(land: Land, client: Client) -> None:
    officer = land.officer
    client.force_login(officer)
    links = [link for _title, links in sections(officer) for link in links]
    assert len(links) == 18
    refused = {link.name: client.get(link.url).status_code for link in links}
    assert set(refused.values()) == {200}


def test_a_reviewer_takes_in_no_lists_and_reads_no_money(land: Land) -> None:
    shown = names(Role.REVIEWER, land)
    assert "coverage" in shown
    assert not shown & {"benefit_lists", "money", "plan"}


def test_an_administrator_is_shown_none(land: Land) -> None:
    assert names(Role.ADMINISTRATOR, land) == set()


def test_what_one_does_with_a_programme_opens(land: Land, client: Client) -> None:
    client.force_login(land.officer)
    opened = {
        url: client.get(url).status_code
        for programme in Programme.objects.all()
        for url, _label in links_of(programme, land.officer)
    }
    assert len(opened) > 30
    assert set(opened.values()) == {200}


def test_only_the_kinds_own_pages_are_offered(land: Land) -> None:
    houses = [url for url, _ in links_of(Programme.objects.get(code="housing"), land.officer)]
    assert "/houses/" in houses
    assert "/projects/" not in houses
