"""Whether two entries are one household: by its members. Pure."""

from typing import Final

from households.likeness.persons import IN_COMMUNE, IN_VILLAGE, Likeness, Limits

MOST_MEMBERS: Final = "MOST_MEMBERS"
ALL_MEMBERS: Final = "ALL_MEMBERS"
HEADS_ALIKE: Final = "HEADS_ALIKE"
MOVED: Final = "MOVED"


def compare(
    *, alike: int, sizes: tuple[int, int], heads_alike: bool, place: str, limits: Limits
) -> Likeness | None:
    """`alike`: members of the one that are likely persons of the other; `place` as in
    persons.Around. None where too few are, so that a child who is in two homes joins no homes."""
    smaller = min(sizes)
    if smaller == 0 or alike < min(2, smaller):
        return None
    share = alike / smaller
    if share * 100 < limits["members_percent"] or (smaller == 1 and not heads_alike):
        return None
    reasons = [ALL_MEMBERS if alike >= smaller else MOST_MEMBERS]
    reasons += [HEADS_ALIKE] if heads_alike else []
    reasons.append(place if place in (IN_VILLAGE, IN_COMMUNE) else MOVED)
    points = share * limits["members_share"] + sum(limits[one.lower()] for one in reasons[1:])
    return Likeness(min(100, round(points)), tuple(reasons))
