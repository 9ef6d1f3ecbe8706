"""Words in the patterns of a LIKE."""


def plain(word: str) -> str:
    """The word itself, without what a pattern reads as more than a letter."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
