"""Invented support for the demonstration, a part each."""

from households.models import User
from programs.services.demo import coverage


def load(by: User) -> None:
    """All parts; a second run adds nothing."""
    coverage.load(by)
