"""Accounts and assignments: who works where, given and taken by administrators and departments."""

import datetime as dt

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import Role
from households.errors import Conflict, Invalid, Refused
from households.models import Area, Assignment, User
from households.models.users import SYSTEM_USERNAME
from households.services import audit
from households.services.constraint_messages import told_plainly


def create_user(
    *, username: str, full_name: str, role: Role, area: Area, by: User, phone: str = ""
) -> User:
    """A new account with its first assignment, from today on. It has no password until its owner
    sets one by a one-time link (see `one_time_link`).

    The log-in name is kept as the log-in page will read it (NFKC, no space around it).
    Raises Refused (not your area or role), Conflict (the name is taken), Invalid.
    """
    if reason := policies.why_not_give_role(by, role, area):
        raise Refused(reason)
    username = User.normalize_username(username).strip()
    if not username or not full_name.strip():
        raise Invalid(_("A log-in name and a full name are needed."))
    is_reserved = username.casefold() == SYSTEM_USERNAME
    if is_reserved or User.objects.filter(username__iexact=username).exists():
        raise Conflict(_("This log-in name is taken."))
    if reason := policies.why_role_not_there(role, area):
        raise Invalid(reason, fields={"unit": [reason]})
    with audit.act(by=by, verb="user.create", area=area, details={"role": role}):
        user = User(username=username, full_name=full_name, phone=plain_phone(phone))
        user.set_unusable_password()
        user.save()
        Assignment.objects.create(user=user, role=role, area=area, valid_from=clock.today())
    return user


def change_email(*, email: str, by: User) -> None:
    """One's own e-mail address, to which a link for a forgotten password goes; "" takes it away.

    Raises Conflict: another account has it, in whatever case.
    """
    email = User.objects.normalize_email(email.strip())
    with told_plainly(User), audit.act(by=by, verb="user.change_email", subject=by):
        User.objects.filter(pk=by.pk).update(email=email)


def plain_phone(written: str) -> str:
    """A telephone as it is kept and looked up: no spaces and points, 0 for +84."""
    return "".join(written.split()).replace(".", "").replace("+84", "0")


def assign(
    *, user: User, role: Role, area: Area, by: User, valid_from: dt.date | None = None
) -> Assignment:
    """A role in an area from a day on (today).

    Raises Refused (not your area or role, or yourself), Invalid (a role of another level),
    Conflict (he has it already).
    """
    if reason := policies.why_not_give_role(by, role, area):
        raise Refused(reason)
    if user.pk == by.pk:
        raise Refused(_("Nobody gives himself a role; another administrator does it."))
    if reason := policies.why_role_not_there(role, area):
        raise Invalid(reason, fields={"unit": [reason]})
    with (
        told_plainly(Assignment),
        audit.act(by=by, verb="user.assign", area=area, subject=user, details={"role": role}),
    ):
        return Assignment.objects.create(
            user=user, role=role, area=area, valid_from=valid_from or clock.today()
        )


def end_assignment(*, assignment: Assignment, by: User) -> None:
    """End an assignment: yesterday was its last day; one that began today is withdrawn.

    Raises Refused (not your area or role, or your own assignment).
    """
    if reason := policies.why_not_give_role(by, assignment.role, assignment.area):
        raise Refused(reason)
    if assignment.user_id == by.pk:
        raise Refused(_("Nobody ends his own assignment."))
    details = {"role": assignment.role, "assignment": assignment.pk}
    last_day = clock.today() - dt.timedelta(days=1)
    with audit.act(
        by=by, verb="user.end_assignment", area=assignment.area, subject=assignment.user,
        details=details,
    ):  # fmt: skip
        if last_day < assignment.valid_from:
            assignment.delete()
        else:
            Assignment.objects.filter(pk=assignment.pk).update(valid_to=last_day)


def one_time_link(*, user: User, by: User) -> tuple[str, str]:
    """(uid, token) of the page where the user sets a password; works once, for a few days.

    Raises Refused. The link is a secret: the audit says that it was made, not what it is.
    """
    if reason := policies.why_not_reset_password(by, user):
        raise Refused(reason)
    with audit.act(by=by, verb="user.one_time_link", subject=user):
        return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
