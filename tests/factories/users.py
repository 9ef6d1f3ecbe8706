"""Users with one role in one area."""

import datetime as dt

from households.choices import Role
from households.models import Area, Assignment, User

START = dt.date(2016, 1, 1)


def user(username: str, role: Role | None = None, area: Area | None = None) -> User:
    made = User.objects.create(username=username, full_name=f"Người {username}")
    if role and area:
        Assignment.objects.create(user=made, role=role, area=area, valid_from=START)
    return made
