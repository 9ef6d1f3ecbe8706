"""The guide: every topic in both languages, and no link into it that leads nowhere."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from households.models import User
from households.views.guide import TOPICS
from tests.households.conftest import World

LogIn = Callable[[User], Client]
TEMPLATES = Path(__file__).parents[3] / "templates"
_HELP = re.compile(r'components/help\.html" with topic="([\w-]+)"(?: anchor="([\w-]+)")?')
_HEADING = re.compile(r'<(?:h2|dt) id="([\w-]+)"')


def anchors(language: str, code: str) -> list[str]:
    text = (TEMPLATES / "guide" / language / f"{code}.html").read_text(encoding="utf-8")
    return _HEADING.findall(text)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_topic_is_there_in_the_readers_language(
    world: World, logged_in: LogIn, language: str
) -> None:
    client = logged_in(world.officer)
    contents = client.get(reverse("households:guide"), headers={"accept-language": language})
    for topic in TOPICS:
        url = reverse("households:guide_topic", args=[topic.code])
        assert url in contents.content.decode()
        page = client.get(url, headers={"accept-language": language})
        assert page.status_code == 200
        assert f"guide/{language}/{topic.code}.html" in [one.name for one in page.templates]


def test_both_languages_have_the_same_headings() -> None:
    for topic in TOPICS:
        assert anchors("vi", topic.code) == anchors("en", topic.code) != []


def test_links_into_the_guide_lead_to_a_heading() -> None:
    linked = {
        found
        for path in TEMPLATES.rglob("*.html")
        for found in _HELP.findall(path.read_text(encoding="utf-8"))
    }
    assert len(linked) > 4
    codes = {topic.code for topic in TOPICS}
    for code, anchor in linked:
        assert code in codes
        assert not anchor or anchor in anchors("vi", code)


def test_an_unknown_topic_is_not_found(world: World, logged_in: LogIn) -> None:
    assert (
        logged_in(world.officer).get(reverse("households:guide_topic", args=["x"])).status_code
        == 404
    )
