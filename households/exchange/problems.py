"""What can be wrong with a survey: one shape for the form, the import and the API."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to correct (or, as a warning, to look at) in one household's answers.

    `path` is the place in the form: "floor_area_m2", or "members.2.birth_date" (0-based).
    `column` is the heading in the exchange format, `code` stable, `reason` shown as it is.
    """

    path: str
    column: str
    code: str
    reason: str | Promise
    is_warning: bool = False
    value: Any = None

    @property
    def member_index(self) -> int | None:
        """0-based place among the members; None for the household itself."""
        if not self.path.startswith("members."):
            return None
        return int(self.path.split(".", 2)[1])
