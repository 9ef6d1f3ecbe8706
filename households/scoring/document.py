"""Strict reading of a standard's document: every key expected, every surprise named.

Documents hold JSON values only (a TOML file without dates and floats), so that a file and the
copy in the database are the same thing.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from households.scoring.errors import DocumentError

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_OPTION_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{0,39}")

StatedValue = int | str | bool | tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """A name or sentence in both languages of the register."""

    vi: str
    en: str

    def in_language(self, language_code: str) -> str:
        """The text in "vi" or "en" (regional variants included); Vietnamese for any other."""
        return self.en if language_code.split("-")[0] == "en" else self.vi


@dataclass(frozen=True)
class Stated:
    """One number or reading with what vouches for it.

    `value` is exact: whole numbers are int, decimals are text ("8.5"). `weak` marks what the
    sources contradict, doubt or are silent on: no real family may be decided on it until it is
    confirmed. `doubt` says what is doubtful.
    """

    path: str
    value: StatedValue
    unit: str
    source: tuple[str, ...]
    confirmed: bool
    weak: bool = False
    doubt: Label | None = None

    @property
    def blocks_decisions(self) -> bool:
        return self.weak and not self.confirmed

    def integer(self) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise DocumentError(self.path, f"a whole number is needed, not {self.value!r}")
        return self.value

    def decimal(self) -> Decimal:
        return exact_decimal(self.value, self.path)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise DocumentError(self.path, f"true or false is needed, not {self.value!r}")
        return self.value

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise DocumentError(self.path, f"a text is needed, not {self.value!r}")
        return self.value

    def texts(self) -> tuple[str, ...]:
        if not isinstance(self.value, tuple):
            raise DocumentError(self.path, f"a list of texts is needed, not {self.value!r}")
        return self.value


def exact_decimal(value: object, path: str) -> Decimal:
    """A Decimal from a whole number or a decimal text; floats are refused, they are not exact."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise DocumentError(path, f'a whole number or a text like "8.5" is needed, not {value!r}')
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise DocumentError(path, f"{value!r} is not a number") from None
    if not number.is_finite():
        raise DocumentError(path, f"{value!r} is not a number")
    return number


class Section:
    """A table of the document. Keys are taken one by one; `finish` refuses what is left."""

    def __init__(self, content: object, path: str = "") -> None:
        if not isinstance(content, Mapping):
            raise DocumentError(path, "a table is needed")
        self.path = path
        self._content: Mapping[str, Any] = content
        self._taken: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def names(self) -> list[str]:
        return list(self._content)

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, problem: str) -> DocumentError:
        return DocumentError(self.at(key), problem)

    def raw(self, key: str) -> object:
        if key not in self._content:
            raise self.fault(key, "is missing")
        self._taken.add(key)
        value: object = self._content[key]
        return value

    def text(self, key: str) -> str:
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, f"a text is needed, not {value!r}")
        return value

    def code(self, key: str) -> str:
        return self._matching(key, _CODE)

    def option_code(self, key: str) -> str:
        return self._matching(key, _OPTION_CODE)

    def _matching(self, key: str, pattern: re.Pattern[str]) -> str:
        value = self.text(key)
        if not pattern.fullmatch(value):
            raise self.fault(key, f"a code of letters, digits and _ is needed, not {value!r}")
        return value

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.fault(key, f"{value!r} is not one of {', '.join(allowed)}")
        return value

    def flag(self, key: str) -> bool:
        value = self.raw(key)
        if not isinstance(value, bool):
            raise self.fault(key, f"true or false is needed, not {value!r}")
        return value

    def integer(self, key: str) -> int:
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fault(key, f"a whole number is needed, not {value!r}")
        return value

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            raise self.fault(key, "a date like 2022-01-31 is needed") from None

    def items(self, key: str) -> list[object]:
        value = self.raw(key)
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.fault(key, f"a list is needed, not {value!r}")
        return list(value)

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.items(key)
        if not found or not all(isinstance(item, str) and item for item in found):
            raise self.fault(key, "a list of texts is needed")
        return tuple(str(item) for item in found)

    def section(self, key: str) -> "Section":
        return Section(self.raw(key), self.at(key))

    def sections(self, key: str) -> list["Section"]:
        """The tables of a list, each with a path by its own `code` where it has one."""
        found = []
        for number, item in enumerate(self.items(key)):
            code = item.get("code") if isinstance(item, Mapping) else None
            name = code if isinstance(code, str) and code else str(number)
            found.append(Section(item, f"{self.at(key)}.{name}"))
        return found

    def label(self, key: str) -> Label:
        section = self.section(key)
        label = Label(vi=section.text("vi"), en=section.text("en"))
        section.finish()
        return label

    def finish(self) -> None:
        unknown = sorted(set(self._content) - self._taken)
        if unknown:
            raise DocumentError(self.path, f"does not know {', '.join(map(repr, unknown))}")


def stated(section: Section, sources: Collection[str]) -> Stated:
    """Read {value, unit, source, confirmed, weak?, doubt?} and finish the section."""
    value = section.raw("value")
    if isinstance(value, list):
        value = section.texts("value")
    if isinstance(value, float) or not isinstance(value, int | str | bool | tuple):
        raise section.fault(
            "value", f"a whole number, text, true, false or list is needed, not {value!r}"
        )
    return _vouched(section, sources, value)


def vouched_reading(section: Section, sources: Collection[str], value: str) -> Stated:
    """The same for a reading, whose value is its wording and not a number."""
    return _vouched(section, sources, value, finish=False)


def _vouched(
    section: Section, sources: Collection[str], value: StatedValue, *, finish: bool = True
) -> Stated:
    source = section.texts("source")
    for key in source:
        if key not in sources:
            raise section.fault("source", f"{key!r} is not among the document's sources")
    found = Stated(
        path=section.path,
        value=value,
        unit=section.text("unit") if "unit" in section else "",
        source=source,
        confirmed=section.flag("confirmed"),
        weak=section.flag("weak") if "weak" in section else False,
        doubt=section.label("doubt") if "doubt" in section else None,
    )
    if not found.confirmed and found.doubt is None:
        raise section.fault("doubt", "what is not confirmed says what is doubtful")
    if finish:
        section.finish()
    return found


def no_repeats(codes: Sequence[str], path: str) -> None:
    """Raise DocumentError when a code occurs twice."""
    for code in codes:
        if codes.count(code) > 1:
            raise DocumentError(path, f"{code!r} occurs twice")
