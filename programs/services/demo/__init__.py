"""The programmes' part of the demonstration: everybody in it is invented."""

from households.models import User
from programs.services.demo import skills


def load(*, by: User) -> None:
    """Rows for every part, once the families are loaded."""
    skills.load(by=by)
