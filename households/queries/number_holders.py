"""Where a person lives who has a number: by its cipher, an index look-up, never a scan."""

import re
from typing import Final

from households.models import Membership, Person

_OLD: Final = re.compile(r"\d{8,9}", re.ASCII)


def homes_by_old_number(words: str) -> list[int]:
    """Households, in whatever area, of those who have a 9-digit number; one typed without its
    leading zero is found too. Two queries where the words may be such a number, none for others."""
    if not _OLD.fullmatch(words):
        return []
    holders = list(Person.objects.filter(old_number=words.zfill(9)).values_list("pk", flat=True))
    if not holders:
        return []
    living = Membership.objects.filter(valid_to__isnull=True, person__in=holders)
    return list(living.values_list("household", flat=True))
