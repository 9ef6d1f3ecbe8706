"""The log-ins of one account that still open pages."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from households.models import OpenSession, User


def open_sessions(user: User) -> list[OpenSession]:
    """Newest first. A new password has ended those that carry the hash of the old one, and they
    are left out, as are those past their time. One query."""
    rows = OpenSession.objects.select_related("session").filter(
        user=user, session__expire_date__gt=timezone.now()
    )
    return [one for one in rows.order_by("-begun_at", "-pk") if _lets_in(one, user)]


def _lets_in(row: OpenSession, user: User) -> bool:
    """What Django asks of a session at each request."""
    kept = row.session.get_decoded()
    valid = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return (
        kept.get(SESSION_KEY) == str(user.pk)
        and kept.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and any(constant_time_compare(kept.get(HASH_SESSION_KEY, ""), one) for one in valid)
    )
