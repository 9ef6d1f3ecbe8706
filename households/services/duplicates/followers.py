"""What other apps keep of a person or household goes with whoever stays when two become one.

This app knows none of them: settings name them (FOLLOW_MERGERS, dotted paths), as they name
middleware. What a follower writes keeps its history, so that taking the merger back finds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from households.models import Household, Person


@dataclass(frozen=True)
class Joined:
    """Who becomes one. `persons`: the key of who goes → the key of who stays. `kept` and `gone`
    are their homes; the home that goes ends only where two households are joined."""

    kept: Household
    gone: Household
    persons: Mapping[int, int]
    is_of_households: bool


class Follower(Protocol):
    """What another app keeps. `tables`: every table that `follow` changes rows of; each keeps its
    history. `of_person`, `of_household`: those of them with a person, a household."""

    tables: tuple[type[models.Model], ...]
    of_person: tuple[type[models.Model], ...]
    of_household: tuple[type[models.Model], ...]

    def why_not(self, joined: Joined) -> str | None:
        """What has to be done before the two can become one; None for nothing."""

    def follow(self, joined: Joined) -> None:
        """Inside the act of the merger, after why_not()."""


@cache
def followers() -> tuple[Follower, ...]:
    """Those that the settings name, in their order."""
    return tuple(import_string(path) for path in settings.FOLLOW_MERGERS)


def why_not(joined: Joined) -> str | None:
    """The first follower's reason, if any has one."""
    return next((told for one in followers() if (told := one.why_not(joined))), None)


def follow(joined: Joined) -> None:
    for one in followers():
        one.follow(joined)


def joining_of_persons(kept: Person, gone: Person, homes: tuple[Household, Household]) -> Joined:
    """Two entries of one person; `homes` of who stays and of who goes."""
    return Joined(homes[0], homes[1], {gone.pk: kept.pk}, is_of_households=False)
