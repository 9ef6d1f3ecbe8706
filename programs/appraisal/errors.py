"""What is wrong with a programme's document, and where."""


class DocumentError(ValueError):
    """`place` is the path of keys to what is wrong."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason
