"""Pages are there before they are asked for, and are the very pages that are read."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from households.choices import Role
from reports import tasks
from reports.views import warming
from tests.factories import figures, users
from tests.programs.views.test_programmes import client_of
from tests.reports.views.test_dashboard import URL


def figures_of(answer: HttpResponse) -> str:
    """Without the frame, which has the time and tokens of the one request."""
    page = answer.content.decode()
    return page[page.index('<dl class="heads">') : page.index("</main>")]


@pytest.mark.django_db
def test_a_page_that_was_drawn_is_not_counted_again(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"
    world = figures.world()
    cache.clear()
    client = client_of(users.user("so", Role.DEPARTMENT, world.province))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(URL)
    cold = len(queries)
    cache.clear()
    assert warming.first_pages() == 1
    client.get(URL, {"area": world.a.pk})
    with CaptureQueriesContext(connection) as queries:
        drawn = client.get(URL)
    warm = len(queries)
    assert figures_of(drawn) == figures_of(answer)
    assert warm < cold - 30


@pytest.mark.django_db
def test_the_job_draws_the_newest_rounds_of_province_and_districts(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"
    figures.world()
    # A province and two districts in three rounds.
    assert tasks.draw_pages() == 9


@pytest.mark.django_db
def test_where_nothing_is_there_nothing_is_drawn() -> None:
    assert warming.pages() == 0
    assert warming.first_pages() == 0
