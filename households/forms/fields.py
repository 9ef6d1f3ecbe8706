"""One question of the review form: how it is shown, what was typed, what is wrong with it.

Labels, codes and readers are those of the exchange format, so form and import cannot differ.
What was typed stays as text until it is read, so nothing is lost when it cannot be.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from households.choices import BirthPrecision
from households.exchange.columns import Column, Kind
from households.exchange.values import BadValue, BirthDate, parse
from households.models import EthnicGroup
from households.templatetags.povreg import number

Words = str | Promise
Option = tuple[str, Words]

_GROUPED = re.compile(r"\d{1,3}([., \u00a0]\d{3})+", re.ASCII)
#: As stored areas are shown, so that an untouched one is read again. 1,500 may be thousands: asked.
_DECIMAL_COMMA = re.compile(r"(?![1-9],\d\d0$)\d+,\d+", re.ASCII)


@dataclass
class Field:
    """A question. `name` is posted; `path` is how services name it in their errors."""

    name: str
    path: str
    label: str
    kind: str
    raw: str = ""
    #: Codes ticked, for a question with many answers.
    ticked: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    unit: Words = ""
    hint: Words = ""
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    #: The same question in the household's survey before; None where there is none to compare.
    earlier: "Field | None" = None

    @property
    def answer(self) -> str:
        """The answer as one text, for comparing: codes joined by ";"."""
        return ";".join(sorted(self.ticked)) if self.kind == "codes" else self.raw.strip()

    @property
    def differs(self) -> bool:
        return self.earlier is not None and self.earlier.answer != self.answer

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def described_by(self) -> str:
        parts = [f"{self.id}-hint"] if self.hint else []
        parts += [f"{self.id}-error"] if self.errors else []
        return " ".join(parts)

    @property
    def shown(self) -> str:
        """The answer in words, for comparing two versions."""
        if self.kind == "codes":
            return ", ".join(str(label) for value, label in self.options if value in self.ticked)
        return next((str(label) for value, label in self.options if value == self.raw), self.raw)


_KINDS = {
    Kind.YES_NO: "yes_no",
    Kind.CODE: "choice",
    Kind.CODES: "codes",
    Kind.DATE: "date",
    Kind.BIRTH_DATE: "date",
    Kind.MONEY_VND: "money",
    Kind.INTEGER: "number",
    Kind.AREA_M2: "number",
    Kind.ETHNIC_GROUP: "ethnic_group",
}


def of_column(column: Column, *, prefix: str = "", path: str = "") -> Field:
    """The empty question for a column that a survey or member field keeps."""
    name = column.field or column.name
    return Field(
        name=f"{prefix}{name}",
        path=f"{path}{name}",
        label=capitalised(column.label),
        kind=_KINDS.get(column.kind, "text"),
        options=_options(column),
    )


def copy_of(template: Field, *, prefix: str = "") -> Field:
    """The same question once more, without answer, errors or warnings. A question's words take
    long to put together and are the same in every form of a language; a copy takes 1 µs."""
    return Field(
        name=prefix + template.name,
        path=template.path,
        label=template.label,
        kind=template.kind,
        options=template.options,
        unit=template.unit,
        hint=template.hint,
    )


def yes_or_no() -> list[Option]:
    return [("Y", pgettext("answer", "Yes")), ("N", pgettext("answer", "No"))]


def _options(column: Column) -> list[Option]:
    if column.kind is Kind.YES_NO:
        return yes_or_no()
    if column.choices is not None:
        return [(str(value), label) for value, label in column.choices.choices]
    return []


def capitalised(words: Words) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


def as_text(value: Any) -> str:
    """A stored value as one would type it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, BirthDate):
        is_year = value.precision == BirthPrecision.YEAR
        return str(value.date.year) if is_year else value.date.strftime("%d/%m/%Y")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Decimal):
        plain = f"{value.normalize():f}"
        return plain if get_language() == "en" else plain.replace(".", ",")
    if isinstance(value, EthnicGroup):
        return value.name
    return str(value)


def as_money(value: int | None) -> str:
    return number(value)


def as_read(column: Column, typed: str) -> str:
    """Typed text in the shape the exchange format reads: people group thousands and write
    decimals with a comma, files do not."""
    text = typed.strip()
    if column.kind is Kind.MONEY_VND and _GROUPED.fullmatch(text):
        return re.sub(r"\D", "", text)
    if column.kind is Kind.AREA_M2 and _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    return text


def read(column: Column, field_: Field) -> Any:
    """The value of what was typed; None for nothing, and with an error on the field for what
    cannot be read."""
    try:
        return parse(column, as_read(column, field_.raw))
    except BadValue as fault:
        field_.errors.append(str(fault.reason))
        return None


def read_codes(field_: Field) -> list[str]:
    """The ticked codes that exist, in the order of the list."""
    unknown = set(field_.ticked) - {value for value, __ in field_.options}
    if unknown:
        field_.errors.append(_("This code is not in the list."))
    return [value for value, __ in field_.options if value in field_.ticked]
