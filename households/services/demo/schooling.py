"""Which school level an invented person attends and has finished at an age. Pure."""

from random import Random

#: Level to (age at which one enters it, age at which one has finished it).
_YEARS = {
    "preschool": (3, 6),
    "primary": (6, 11),
    "lower_secondary": (11, 15),
    "upper_secondary": (15, 18),
    "vocational": (18, 20),
    "college_university": (18, 22),
}
_SCHOOL = ("preschool", "primary", "lower_secondary", "upper_secondary")
_ORDER = ("none", *_YEARS)


def final_level(rng: Random, welfare: float, birth_year: int) -> str:
    """The level a life ends with: later born and better off learn longer."""
    push = welfare + (birth_year - 1985) * 0.035 + rng.gauss(0, 0.8)
    for limit, level in (
        (-1.9, "none"),
        (-0.9, "primary"),
        (0.2, "lower_secondary"),
        (1.5, "upper_secondary"),
        (2.1, "vocational"),
    ):
        if push < limit:
            return level
    return "college_university"


def attending(age: int, final: str) -> str:
    """The level attended at `age`, "none" outside of school or after leaving it."""
    path = [level for level in _SCHOOL if _reaches(final, level)]
    if final in ("vocational", "college_university"):
        path.append(final)
    for level in path:
        start, end = _YEARS[level]
        if start <= age < end:
            return level
    return "none"


def finished(age: int, final: str) -> str:
    """The highest general or vocational level finished at `age`."""
    best = "none"
    for level in _YEARS:
        skips = final == "college_university" and level == "vocational"
        if level != "preschool" and not skips and _reaches(final, level):
            best = level if age >= _YEARS[level][1] else best
    return best


def _reaches(final: str, level: str) -> bool:
    return _ORDER.index(level) <= max(_ORDER.index(final), _ORDER.index("preschool"))
