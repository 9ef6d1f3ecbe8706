"""What the demonstration shows of programmes; all people in it are invented."""

from households.models import User
from programs.services.demo import houses


def load(*, by: User) -> None:
    """After the families and the programmes are loaded, on the demonstration's day."""
    houses.load(by=by)
