"""Documents are read strictly: what is wrong is refused, at its place."""

from decimal import Decimal

import pytest

from households.scoring.document import Section, exact_decimal, stated
from households.scoring.errors import DocumentError

SOURCES = {"law": "A law"}


def number(**changes: object) -> dict[str, object]:
    return {"value": 8, "unit": "m²", "source": ["law"], "confirmed": True} | changes


def test_a_number_keeps_what_vouches_for_it() -> None:
    doubt = {"vi": "nghi", "en": "doubt"}
    found = stated(Section(number(confirmed=False, weak=True, doubt=doubt), "lines.x"), SOURCES)
    assert (found.path, found.integer(), found.unit, found.source) == (
        "lines.x",
        8,
        "m²",
        ("law",),
    )
    assert found.blocks_decisions
    assert found.doubt is not None
    assert found.doubt.in_language("en-gb") == "doubt"
    assert found.doubt.in_language("vi") == "nghi"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"value": 8.1}, "x.value"),
        ({"value": None}, "x.value"),
        ({"source": ["hearsay"]}, "x.source"),
        ({"source": []}, "x.source"),
        ({"confirmed": "yes"}, "x.confirmed"),
        ({"confirmed": False}, "x.doubt"),
        ({"colour": "teal"}, "x"),
    ],
)
def test_a_number_that_is_not_whole_is_refused_at_its_place(
    changes: dict[str, object], place: str
) -> None:
    with pytest.raises(DocumentError) as refusal:
        stated(Section(number(**changes), "x"), SOURCES)
    assert refusal.value.path == place


def test_weak_and_confirmed_blocks_nothing() -> None:
    assert not stated(Section(number(weak=True), "x"), SOURCES).blocks_decisions


def test_decimals_are_exact() -> None:
    assert exact_decimal("8.10", "x") == Decimal("8.10")
    for wrong in (8.1, True, "eight", "NaN", None):
        with pytest.raises(DocumentError):
            exact_decimal(wrong, "x")


@pytest.mark.parametrize("code", ["", "a b", "a'b", "1x;", "a" * 50])
def test_codes_are_letters_digits_and_underscores(code: str) -> None:
    with pytest.raises(DocumentError):
        Section({"code": code}).code("code")
