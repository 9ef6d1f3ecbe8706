"""One thing that a commune needs to start, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """Of one line. Only TO_DO is the commune's own turn."""

    DONE = "done"
    #: There is none, and nobody has to do anything about it.
    NONE = "none"
    TO_DO = "to_do"
    OPTIONAL = "optional"
    WAITS = "waits"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Line:
    """`said`: what the register has, or why nothing can be done yet. `url` "": no way there for
    this user now."""

    code: str
    title: str
    standing: Standing
    said: str
    url: str = ""
    button: str = ""
