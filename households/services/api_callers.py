"""Who asks: what a token, or somebody who is logged in, may ask for."""

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from households.choices.api import ApiScope
from households.models import ApiToken, User
from households.models.area_reach import branches_through_time
from households.policies.roles import READS_FIGURES
from households.rights import rights
from households.services import api_clients, api_use


@dataclass(frozen=True)
class Caller:
    """`branches`: inner paths (Area.inner_path) of all that may be asked about; `expires_at` None
    for a log-in. It stands where Django has a user."""

    key: str
    scopes: frozenset[str]
    branches: tuple[str, ...]
    calls_per_minute: int
    expires_at: dt.datetime | None = None
    token_id: int | None = None
    acts_as_id: int | None = None
    #: Of a log-in.
    user_id: int | None = None

    is_authenticated = True
    is_anonymous = False

    @property
    def counted_as(self) -> int | None:
        """Whose use is counted: a token's, or that of open data; None for a log-in."""
        if self.user_id is not None:
            return None
        return api_use.ANYBODY if self.token_id is None else self.token_id

    def may(self, scope: ApiScope) -> bool:
        return scope.value in self.scopes


def of_token(secret: str) -> Caller | None:
    """None: there is no such token, or it is valid no longer. Two queries, none where it is
    remembered (api_clients.REMEMBERED_SECONDS)."""
    digest = api_clients.digest(secret)
    key = api_clients.cache_key(digest)
    found: Caller | None = cache.get(key)
    if found is None:
        found = _read(digest)
        if found is None:
            return None
        cache.set(key, found, api_clients.REMEMBERED_SECONDS)
    return found if found.expires_at and found.expires_at > timezone.now() else None


def token_of(caller: Caller) -> ApiToken | None:
    """The token behind a caller with its client, as it stands now; None for a log-in, and for one
    that was taken while it was remembered. One query."""
    if caller.token_id is None:
        return None
    return _valid().select_related("client__acts_as").filter(pk=caller.token_id).first()


def _valid() -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(revoked_at__isnull=True, client__closed_on__isnull=True)


def _read(digest: str) -> Caller | None:
    token = _valid().select_related("client").filter(digest=digest).first()
    if token is None:
        return None
    client = token.client
    scopes = set(client.scopes)
    if ApiScope.EXACT in scopes:
        scopes.add(ApiScope.AGGREGATES.value)
    if ApiScope.NUMBERS in scopes:
        scopes.add(ApiScope.LISTS.value)
    return Caller(
        key=f"token:{token.pk}",
        scopes=frozenset(scopes),
        branches=tuple(branches_through_time([client.area_id])[client.area_id]),
        calls_per_minute=client.calls_per_minute,
        expires_at=token.expires_at,
        token_id=token.pk,
        acts_as_id=client.acts_as_id,
    )


#: Enough for somebody who tries addresses in a browser.
_CALLS_OF_A_PERSON = 120


def of_user(user: User) -> Caller:
    """What somebody who is logged in sees on the pages of figures: exact numbers of his areas."""
    branches = rights(user).branches(READS_FIGURES)
    scopes = (ApiScope.AGGREGATES, ApiScope.EXACT) if branches else ()
    return Caller(
        key=f"user:{user.pk}",
        scopes=frozenset(one.value for one in scopes),
        branches=tuple(branches),
        calls_per_minute=_CALLS_OF_A_PERSON,
        user_id=user.pk,
    )
