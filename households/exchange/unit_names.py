"""Names of administrative units as people write them: with and without their type, in any accent.

Codes decide; names are only compared, to warn. Pure.
"""

import re
from typing import Final

from households.folding import fold

_TYPES: Final = re.compile(
    r"^(?:(?:tinh|thanh pho|tp|quan|huyen|thi xa|tx|thi tran|tt|xa|phuong)\s+"
    r"|(?:tp|q|h|tx|tt|x|p)\.\s*)"
)
_VILLAGE_TYPES: Final = re.compile(
    r"^(?:thon|ban|xom|ap|lang|khu pho|tieu khu|khu|to dan pho|tdp|to nhan dan|to|pho)\s+"
)
_APART: Final = re.compile(r"[\s.,'’\-]+")


def same_unit(one: str, other: str) -> bool:
    """Whether two names mean the same unit: "TP. Bắc Kạn" and "Thành phố Bắc Kạn".

    "Phương Viên" is a name, not a type: each name is taken with and without its first word.
    """
    return not _readings(one, _TYPES).isdisjoint(_readings(other, _TYPES))


def bare_village(name: str) -> str:
    """Folded, without "Thôn", "Bản", "Tổ dân phố" and the like."""
    folded = fold(name)
    return _together(_VILLAGE_TYPES.sub("", folded)) or _together(folded)


def _readings(name: str, types: re.Pattern[str]) -> set[str]:
    folded = fold(name)
    return {_together(folded), _together(types.sub("", folded))}


def _together(folded: str) -> str:
    return _APART.sub(" ", folded).strip()
