"""Invented rows of the programmes for the demonstration: each part loads its own."""

from households.models import User
from programs.services.demo import money


def load(*, by: User) -> None:
    """All parts, after the families are loaded. A second run adds nothing."""
    money.load(by=by)
