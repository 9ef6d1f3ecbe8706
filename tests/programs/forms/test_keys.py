"""What an address brings is a key or nobody's."""

import pytest

from programs.forms.keys import key_of


@pytest.mark.parametrize(
    ("text", "key"),
    [("17", 17), ("", 0), ("-1", 0), ("٣", 0), ("1.5", 0), ("9" * 5000, 0), ("9" * 19, 0)],
)
def test_only_a_number_that_can_be_a_key_is_one(text: str, key: int) -> None:
    assert key_of(text) == key
