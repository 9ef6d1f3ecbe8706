"""A page of figures of the hand-made world, as somebody asks for it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import translation

from households.choices import Role
from households.models import Area, User
from reports.views.figure_scope import FigureScope, asked_scope
from tests.factories import users

Asked = Callable[..., FigureScope]


@pytest.fixture(autouse=True)
def in_english_and_cold() -> Iterator[None]:
    """Nothing is kept from another test."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def asked(db: None) -> Asked:
    """asked(area, role, **question): the scope of a user who holds the role in the area."""

    who: dict[tuple[Role, int], User] = {}

    def ask(area: Area, role: Role = Role.DEPARTMENT, **question: Any) -> FigureScope:
        user = who.get((role, area.pk)) or users.user(f"{role}_{area.pk}".lower(), role, area)
        who[role, area.pk] = user
        request = RequestFactory().get("/figures/", question)
        request.user = user
        return asked_scope(request)

    return ask
