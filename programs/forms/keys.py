"""Keys of rows as an address or a form brings them."""

#: More digits are no key of any row, and too many for a number.
_MOST_DIGITS = 18


def is_key(text: str) -> bool:
    """Whether a text can be the key of a row."""
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


def key_of(text: str) -> int:
    """The key, or 0, which is nobody's."""
    return int(text) if is_key(text) else 0
