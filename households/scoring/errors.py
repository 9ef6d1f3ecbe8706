"""What can be wrong with the rules themselves, as opposed to with a household's answers."""


class DocumentError(ValueError):
    """A standard or point table is not what it should be.

    `path` is the dotted place in the document ("indicators.water.reading.form"), `problem` a
    sentence for whoever maintains the file.
    """

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem


class UnknownProvince(LookupError):
    """The point table does not say which of its variants this province uses."""

    def __init__(self, table: str, province_code: str) -> None:
        super().__init__(f"point table {table} names no variant for province {province_code!r}")
        self.table = table
        self.province_code = province_code
