"""What a command names by a word: a round, a user."""

from django.utils.translation import gettext as _

from households.choices import RoundKind
from households.errors import DomainError
from households.models import ReviewRound, User
from households.models.users import SYSTEM_USERNAME
from households.services.system_user import system_user


def round_named(key: str, province_code: str | None) -> ReviewRound:
    """`2024`, or `2024-04` for an ad-hoc one. Raises DomainError: none, or of several provinces."""
    year, __, month = key.partition("-")
    if not year.isdigit() or (month and not month.isdigit()):
        raise DomainError(_("Name a round as 2024, or 2024-04 for the ad-hoc one of April."))
    found = ReviewRound.objects.select_related("province").filter(
        year=int(year),
        month=int(month) if month else None,
        kind=RoundKind.AD_HOC if month else RoundKind.PERIODIC,
    )
    if province_code:
        found = found.filter(province__code=province_code)
    rounds_found = list(found[:2])
    if not rounds_found:
        raise DomainError(_("There is no round %(round)s.") % {"round": key})
    if len(rounds_found) > 1:
        raise DomainError(_("Several provinces have this round; name one with --province."))
    return rounds_found[0]


def user_named(name: str) -> User:
    """`system` is made at the first call. Raises DomainError: nobody active has the name."""
    if name == SYSTEM_USERNAME:
        return system_user()
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise DomainError(_("There is no user %(name)s.") % {"name": name})
    return user
