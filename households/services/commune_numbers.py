"""The yearly series of numbers that a commune gives to requests, certificates and confirmations."""

from django.db.models import Max, QuerySet

from households.models import Area


def locked(commune: Area) -> None:
    """Two who take numbers of the commune at once do it one after the other, so that none is given
    twice. To be called inside the act that takes them."""
    Area.objects.select_for_update(no_key=True).get(pk=commune.pk)


def following(given: QuerySet, commune: Area, year: int) -> int:  # type: ignore[type-arg]
    """The number after the last of the year; `given` are all rows that carry one. Two queries."""
    locked(commune)
    of_year = given.filter(commune=commune, year=year)
    return int(of_year.aggregate(last=Max("serial"))["last"] or 0) + 1
