"""Other systems with a token."""

import datetime as dt

from django.test import Client
from django.utils import timezone

from households.choices import Role
from households.choices.api import NEEDS_AGREEMENT, ApiScope
from households.models import ApiClient, Area, User
from households.services import api_clients
from tests.factories import users

API = "/api/v1/"


def keeper(area: Area) -> User:
    """Who registers systems of an area."""
    name = f"api keeper {area.pk}"
    return User.objects.filter(username=name).first() or users.user(name, Role.DEPARTMENT, area)


def client_of(
    area: Area, *scopes: ApiScope, name: str = "Hệ thống thử", acts_as: User | None = None
) -> ApiClient:
    return api_clients.register(
        name=name,
        organisation="Cục Thống kê",
        contact="thongke@example.vn",
        area=area,
        scopes=scopes,
        agreement="1/TT" if set(scopes) & set(NEEDS_AGREEMENT) else "",
        acts_as=acts_as,
        by=keeper(area),
    )


def secret_of(client: ApiClient, days: int = 30) -> str:
    expires_at = timezone.now() + dt.timedelta(days=days)
    return api_clients.issue(client=client, expires_at=expires_at, by=keeper(client.area)).secret


def with_token(secret: str) -> Client:
    return Client(headers={"authorization": f"Bearer {secret}"})


def asker(
    area: Area, *scopes: ApiScope, name: str = "Hệ thống thử", acts_as: User | None = None
) -> Client:
    """A client of the API of an area with these scopes."""
    return with_token(secret_of(client_of(area, *scopes, name=name, acts_as=acts_as)))
