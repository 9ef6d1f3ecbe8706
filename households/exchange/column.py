"""What a column of the exchange format is: how its cells are read, whether they must be there."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise

#: A column "b1_electricity" answers question "electricity" of the standard's point table.
B1_PREFIX: Final = "b1_"
B1_MAX_OPTION_LENGTH: Final = 40


class Kind(Enum):
    """How a cell is read; values.py has one reader for each."""

    TEXT = "text"
    KEY = "key"
    YES_NO = "yes_no"
    CODE = "code"
    CODES = "codes"
    DATE = "date"
    BIRTH_DATE = "birth_date"
    INTEGER = "integer"
    MONEY_VND = "money_vnd"
    AREA_M2 = "area_m2"
    UNIT_CODE = "unit_code"
    ETHNIC_GROUP = "ethnic_group"
    PERSONAL_ID = "personal_id"
    OLD_NUMBER = "old_number"


class Need(Enum):
    """Whether heading and cell have to be there."""

    REQUIRED = "required"  # heading and every cell
    CONDITIONAL = "conditional"  # heading always, the cell where checks.py says so
    OPTIONAL = "optional"  # neither; a missing heading leaves what is stored


@dataclass(frozen=True, slots=True)
class Column:
    """One column of households.csv or members.csv.

    `field` is the field of Survey or SurveyMember that keeps the value, None where the column
    serves to find something (keys, places). `choices` is the closed set of codes; `list_code`
    names the editable short list (ListEntry) that holds them instead. `digits` is the length of
    a unit's code, `maximum` the largest whole number the register keeps.
    """

    name: str
    kind: Kind
    label: str | Promise
    heading_vi: str
    need: Need = Need.REQUIRED
    choices: type[TextChoices] | None = None
    list_code: str | None = None
    field: str | None = None
    max_length: int = 80
    digits: int = 0
    minimum: int = 0
    maximum: int = 0

    @property
    def required(self) -> bool:
        """Every row needs a value."""
        return self.need is Need.REQUIRED

    @property
    def codes(self) -> tuple[str, ...]:
        """The closed set of codes as files write them: "rural", "head", but "M"."""
        values = self.choices.values if self.choices else []
        return tuple(value if len(value) == 1 else value.lower() for value in values)

    @property
    def heading_may_be_missing(self) -> bool:
        return self.need is Need.OPTIONAL
