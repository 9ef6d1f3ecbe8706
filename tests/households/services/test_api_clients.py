"""Systems and their tokens: who gives them, how long they work, and what is kept of them."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks as Capture

from households.choices import Role
from households.choices.api import ApiScope
from households.errors import Conflict, Invalid, Refused
from households.models import ApiToken, AuditEvent
from households.services import api_callers, api_clients
from tests.factories import api, areas, users

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def in_days(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def test_a_token_tells_what_its_client_may() -> None:
    province = areas.province()
    client = api.client_of(province, ApiScope.EXACT)
    issued = api_clients.issue(client=client, expires_at=in_days(3), by=api.keeper(province))
    caller = api_callers.of_token(issued.secret)
    assert caller is not None
    assert caller.may(ApiScope.EXACT)
    assert caller.may(ApiScope.AGGREGATES), "who may ask the exact ones may ask the others"
    assert not caller.may(ApiScope.LISTS)
    assert caller.branches == (province.inner_path,)
    assert issued.secret.split("_")[1] == issued.token.prefix


def test_the_secret_is_kept_nowhere() -> None:
    client = api.client_of(areas.province(), ApiScope.AGGREGATES)
    secret = api.secret_of(client)
    told = str(list(ApiToken.objects.values())) + str(list(AuditEvent.objects.values()))
    assert secret.split("_", 2)[2] not in told
    assert ApiToken.objects.get().digest == api_clients.digest(secret)


def test_a_wrong_secret_is_nobody() -> None:
    secret = api.secret_of(api.client_of(areas.province(), ApiScope.AGGREGATES))
    for wrong in ("", "povreg", secret[:-1], secret + "x", secret.upper()):
        assert api_callers.of_token(wrong) is None


def test_a_revoked_token_works_no_longer(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    client = api.client_of(areas.province(), ApiScope.AGGREGATES)
    secret = api.secret_of(client)
    assert api_callers.of_token(secret), "and is remembered now"
    with django_capture_on_commit_callbacks(execute=True):
        api_clients.revoke(token=ApiToken.objects.get(), by=api.keeper(client.area))
    assert api_callers.of_token(secret) is None


def test_a_closed_client_has_no_token_left(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    client = api.client_of(areas.province(), ApiScope.AGGREGATES)
    secrets = [api.secret_of(client), api.secret_of(client)]
    assert all(map(api_callers.of_token, secrets))
    with django_capture_on_commit_callbacks(execute=True):
        api_clients.close(client=client, by=api.keeper(client.area))
    assert not any(map(api_callers.of_token, secrets))
    with pytest.raises(Refused):
        api.secret_of(client)


def test_a_token_ends_on_its_day() -> None:
    client = api.client_of(areas.province(), ApiScope.AGGREGATES)
    secret = api.secret_of(client)
    assert api_callers.of_token(secret), "remembered with its end"
    past = timezone.now() - dt.timedelta(days=2)
    ApiToken.objects.update(issued_at=past, expires_at=past + dt.timedelta(days=1))
    cache.clear()
    assert api_callers.of_token(secret) is None
    for days in (-1, 400):
        with pytest.raises(Invalid):
            api.secret_of(client, days)


def test_a_successor_leaves_the_old_one_a_week(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    client = api.client_of(areas.province(), ApiScope.AGGREGATES)
    old = api.secret_of(client)
    token = ApiToken.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        new = api_clients.rotate(token=token, expires_at=in_days(90), by=api.keeper(client.area))
    assert api_callers.of_token(old)
    assert api_callers.of_token(new.secret)
    token.refresh_from_db()
    assert token.expires_at < in_days(8)


def test_only_who_keeps_systems_of_the_area_gives_tokens() -> None:
    province = areas.province()
    client = api.client_of(province, ApiScope.AGGREGATES)
    token = api_clients.issue(client=client, expires_at=in_days(1), by=api.keeper(province)).token
    commune = areas.commune(areas.district(province))
    elsewhere = api.keeper(areas.province("04", "Tỉnh Khác"))
    for by in (users.user("officer", Role.COMMUNE_OFFICER, commune), elsewhere):
        with pytest.raises(Refused):
            api_clients.issue(client=client, expires_at=in_days(1), by=by)
        with pytest.raises(Refused):
            api_clients.revoke(token=token, by=by)
        with pytest.raises(Refused):
            api_clients.close(client=client, by=by)


def test_small_numbers_are_given_on_an_agreement_only() -> None:
    province = areas.province()
    api.client_of(province, ApiScope.AGGREGATES)
    for scopes, agreement in (([ApiScope.EXACT], ""), ([], "")):
        with pytest.raises(Conflict):
            api_clients.register(
                name="Khác", organisation="x", contact="x", area=province, scopes=scopes,
                agreement=agreement, by=api.keeper(province),
            )  # fmt: skip


def test_reviews_are_entered_in_the_name_of_who_may() -> None:
    province = areas.province()
    commune = areas.commune(areas.district(province))
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    reader = users.user("reader", Role.DISTRICT_READER, commune.parent)
    for area, acts_as in ((commune, None), (commune, reader), (province, officer)):
        with pytest.raises(Invalid) as fault:
            api.client_of(area, ApiScope.REVIEWS, acts_as=acts_as)
        assert list(fault.value.fields) == ["acts_as"]
    assert api.client_of(commune, ApiScope.REVIEWS, acts_as=officer).acts_as == officer
