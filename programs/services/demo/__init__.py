"""Support in the demonstration: invented lists, projects and help for invented families."""

from households.models import User
from programs.services.demo import support_lists


def load(*, by: User) -> None:
    """After families and programmes are loaded. A second run changes nothing."""
    support_lists.load(by=by)
