"""Invented support for the demonstration, part by part; families are there before."""

from households.models import User
from programs.services.demo import benefit_lists


def load(*, by: User) -> None:
    """Every part once; what is there already stays."""
    benefit_lists.load(by=by)
