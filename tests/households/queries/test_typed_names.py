"""How a name fits what was typed, and what one letter makes of a word."""

import pytest

from households.folding import fold
from households.queries.typed_names import Fit, Rank, TypedName, one_letter_off, ways_of_writing


def rank(typed: str, name: str) -> Rank | None:
    read = TypedName.read(typed)
    assert read is not None
    return read.rank(name, fold(name))


@pytest.mark.parametrize(
    ("typed", "name", "fit", "place"),
    [
        ("Lò Thị Hoà", "Lò Thị Hoà", Fit.AS_WRITTEN, 0),
        ("lò thị hòa", "Lò Thị Hoà", Fit.AS_WRITTEN, 0),
        ("Hoà", "Lò Thị Hoà", Fit.AS_WRITTEN, 1),
        ("hoa", "Lò Thị Hoà", Fit.WORDS, 1),
        ("hoá", "Lò Thị Hoà", Fit.WORDS, 1),
        ("thị", "Lò Thị Hoà", Fit.AS_WRITTEN, 2),
        ("hoà lò", "Lò Thị Hoà", Fit.AS_WRITTEN, 3),
        ("lo th", "Lò Thị Hoà", Fit.BEGINNINGS, 2),
        ("oa", "Lò Thị Hoà", Fit.PARTS, 2),
        ("đao", "Đào Văn Đạo", Fit.WORDS, 1),
    ],
)
def test_the_rank_of(typed: str, name: str, fit: Fit, place: int) -> None:
    assert rank(typed, name) == Rank(fit, place)


def test_what_does_not_fit_has_no_rank() -> None:
    assert rank("hoa mai", "Lò Thị Hoà") is None


@pytest.mark.parametrize("typed", ["", " ", "123", "…", "a " * 11, "\u0301"])
def test_what_is_no_name(typed: str) -> None:
    assert TypedName.read(typed) is None


def test_one_letter_off_is_other_more_less_or_swapped() -> None:
    near = one_letter_off("tuan")
    assert {"tuam", "toan", "huan", "tuann", "tun", "uan", "utan", "tuna", "tuyan"} <= near
    assert not {"tuan", "tan n", "tam", "huam", "tuanaa"} & near
    assert one_letter_off("an") == one_letter_off("k'pa") == frozenset()


def test_a_name_with_one_word_taken_for_another() -> None:
    read = TypedName.read("gianf seo")
    assert read is not None
    near = {0: frozenset({"giang", "gian"})}
    assert read.phrases_meant(near) == ["gian seo", "giang seo"]
    assert read.rank_one_off("giang seo", near) == Rank(Fit.ONE_LETTER_OFF, 0)
    assert read.rank_one_off("giang seo phu", near) == Rank(Fit.ONE_LETTER_OFF, 2)
    # Where the other word is a part only, it comes behind.
    assert read.rank_one_off("giang seong", near) == Rank(Fit.ONE_LETTER_OFF, 6)
    assert read.rank_one_off("sung seo", near) is None


def test_a_mark_stands_in_either_place() -> None:
    assert ways_of_writing("lò thị hoà thuý") == ["lò thị hoà thuý", "lò thị hòa thúy"]
