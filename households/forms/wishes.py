"""What is asked of a poor or near-poor household after its class is known."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from households.forms.fields import Field, as_text, capitalised, read_codes, yes_or_no
from households.forms.review_lists import ReviewLists
from households.forms.sections import fact
from households.models import Survey


class WishesForm:
    """Bound to a survey; with `posted` it shows what was chosen, else what is stored."""

    def __init__(self, survey: Survey, lists: ReviewLists, posted: QueryDict | None = None) -> None:
        self.causes = fact("causes", lists)
        self.support_wanted = fact("support_wanted", lists)
        self.registers = Field(
            name="registers_to_escape",
            path="registers_to_escape",
            label=capitalised(_("the household registers to leave poverty")),
            kind="yes_no",
            options=yes_or_no(),
        )
        for one in (self.causes, self.support_wanted):
            stored = getattr(survey, one.path)
            one.ticked = list(stored) if posted is None else posted.getlist(one.name)
        self.registers.raw = (
            as_text(survey.registers_to_escape)
            if posted is None
            else posted.get(self.registers.name, "")
        )
        self.revision = posted.get("revision", "") if posted is not None else survey.revision

    @property
    def fields(self) -> list[Field]:
        return [self.causes, self.support_wanted, self.registers]

    @property
    def is_empty(self) -> bool:
        return not any(one.answer for one in self.fields)

    def is_valid(self) -> bool:
        """Read the answers into `values`; whether all of them exist."""
        self.values: dict[str, Any] = {
            "causes": read_codes(self.causes),
            "support_wanted": read_codes(self.support_wanted),
            "registers_to_escape": {"Y": True, "N": False}.get(self.registers.raw),
        }
        return not any(one.errors for one in self.fields)
