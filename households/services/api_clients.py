"""Other systems: registering them, giving and taking their tokens.

A token is `povreg_<prefix>_<secret>`: the prefix names it, 256 random bits are the secret, of which
only a digest is kept. What is known of a token is remembered for some seconds in the cache, so
that a question costs no query; taking a token forgets it at once.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices.api import ApiScope
from households.errors import Invalid, Refused
from households.models import ApiClient, ApiToken, Area, User
from households.policies.api_clients import why_not_enter_as
from households.services import audit, webhooks
from households.services.constraint_messages import told_plainly

#: As long as a token may be valid, and how long an old one goes on beside its successor.
LONGEST: Final = dt.timedelta(days=366)
GOES_ON: Final = dt.timedelta(days=7)
_PREFIX_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_START: Final = "povreg"
#: A token that another process took at the moment it was read here works no longer than this.
REMEMBERED_SECONDS: Final = 20


@dataclass(frozen=True)
class Issued:
    """`secret` is shown once and exists nowhere else."""

    token: ApiToken
    secret: str


def register(
    *,
    name: str,
    organisation: str,
    contact: str,
    area: Area,
    scopes: Collection[ApiScope],
    by: User,
    agreement: str = "",
    acts_as: User | None = None,
    calls_per_minute: int = 600,
) -> ApiClient:
    """A system that may ask about an area.

    Raises Refused, Invalid (no scope, no agreement where one is needed, nobody to enter as or
    somebody who may not, the name is taken).
    """
    if reason := policies.why_not_keep_api_clients(by, area):
        raise Refused(reason)
    reason = why_not_enter_as(acts_as, area) if acts_as else None
    if acts_as is None and ApiScope.REVIEWS in scopes:
        reason = _("Say in whose name the system enters reviews.")
    if reason:
        raise Invalid(reason, fields={"acts_as": [reason]})
    client = ApiClient(
        name=name.strip(),
        organisation=organisation.strip(),
        contact=contact.strip(),
        area=area,
        scopes=sorted(str(one.value) for one in scopes),
        agreement=agreement.strip(),
        acts_as=acts_as,
        calls_per_minute=calls_per_minute,
        registered_by=by,
    )
    with told_plainly(ApiClient), audit.act(by=by, verb="api_client.register", area=area):
        client.save()
    return client


def close(*, client: ApiClient, by: User) -> None:
    """From now on none of its tokens works, and it is told nothing. Raises Refused."""
    if reason := policies.why_not_keep_api_clients(by, client.area):
        raise Refused(reason)
    with audit.act(by=by, verb="api_client.close", area=client.area, subject=client):
        client.closed_on = clock.today()
        client.save(update_fields=["closed_on"])
        now = timezone.now()
        for token in client.tokens.filter(revoked_at__isnull=True):
            _revoke(token, now)
        webhooks.stop_all(list(client.webhooks.all()))


def issue(*, client: ApiClient, expires_at: dt.datetime, by: User) -> Issued:
    """A new token beside those there are. Raises Refused (not one's area; the client is closed),
    Invalid (expires_at: past, or later than a year)."""
    if reason := policies.why_not_keep_api_clients(by, client.area):
        raise Refused(reason)
    if client.closed_on:
        raise Refused(_("The access of this system was closed."))
    now = timezone.now()
    if not now < expires_at <= now + LONGEST:
        words = _("A token is valid for a year at most.")
        raise Invalid(words, fields={"expires_at": [words]})
    prefix = "".join(secrets.choice(_PREFIX_LETTERS) for __ in range(8))
    secret = f"{_START}_{prefix}_{secrets.token_urlsafe(32)}"
    with audit.act(by=by, verb="api_token.issue", area=client.area, subject=client):
        token = ApiToken.objects.create(
            client=client, prefix=prefix, digest=digest(secret), issued_by=by, expires_at=expires_at
        )
    return Issued(token, secret)


def rotate(*, token: ApiToken, expires_at: dt.datetime, by: User) -> Issued:
    """A successor; the old one goes on for a week, so that nobody's figures stop meanwhile. Raises
    as `issue`."""
    with transaction.atomic():
        issued = issue(client=token.client, expires_at=expires_at, by=by)
        ends = timezone.now() + GOES_ON
        if token.expires_at > ends:
            token.expires_at = ends
            token.save(update_fields=["expires_at"])
            _forget(token)
    return issued


def revoke(*, token: ApiToken, by: User) -> None:
    """It works no longer. Raises Refused."""
    if reason := policies.why_not_keep_api_clients(by, token.client.area):
        raise Refused(reason)
    with audit.act(by=by, verb="api_token.revoke", area=token.client.area, subject=token):
        _revoke(token, timezone.now())


def _revoke(token: ApiToken, at: dt.datetime) -> None:
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    _forget(token)


def _forget(token: ApiToken) -> None:
    transaction.on_commit(partial(cache.delete, cache_key(token.digest)))


def digest(secret: str) -> str:
    """Of so many random bits nobody guesses one: no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def cache_key(digest: str) -> str:
    return f"api-token:{digest}"
