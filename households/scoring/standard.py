"""A poverty standard: lines, class rules, indicators and list rules of one legal text."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from households.scoring.document import Label, Section, Stated
from households.scoring.standard_parts import ClassRule, Dimension, IncomeLine, Indicator
from households.scoring.standard_reader import PartsReader


@dataclass(frozen=True)
class Standard:
    """The numbers and readings of one legal text, validated. Built by `from_document` only."""

    code: str
    owner: str
    name: Label
    legal_basis: str
    valid_from: date
    valid_to: date | None
    complete: bool
    incomplete_because: Label | None
    sources: Mapping[str, Label]
    levels: tuple[str, ...]
    parameters: Mapping[str, Stated]
    list_rules: Mapping[str, Stated]
    lines: Mapping[str, IncomeLine]
    class_rules: tuple[ClassRule, ...]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]

    @classmethod
    def from_document(
        cls, document: Mapping[str, Any], *, confirmed_paths: Collection[str] = ()
    ) -> "Standard":
        """Read and check a whole document; raises DocumentError at the first thing wrong.

        `confirmed_paths` are the places that the department has since vouched for; they count
        as confirmed. A path that does not exist is ignored: its number has been replaced.
        """
        root = Section(document)
        reader = PartsReader(root, frozenset(confirmed_paths))
        complete = root.flag("complete")
        lines = reader.lines()
        dimensions = reader.dimensions()
        standard = cls(
            code=root.code("code"),
            owner=root.one_of("owner", ("NATIONAL", "PROVINCE")),
            name=root.label("name"),
            legal_basis=root.text("legal_basis"),
            valid_from=root.day("valid_from"),
            valid_to=root.day("valid_to") if "valid_to" in root else None,
            complete=complete,
            incomplete_because=None if complete else root.label("incomplete_because"),
            sources=MappingProxyType(reader.sources),
            levels=reader.levels,
            parameters=MappingProxyType(reader.parameters),
            list_rules=MappingProxyType(reader.named("list_rules")),
            lines=MappingProxyType(lines),
            class_rules=reader.class_rules(lines),
            dimensions=dimensions,
            indicators=reader.indicators({dimension.code for dimension in dimensions}),
        )
        root.finish()
        return standard

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code; KeyError when there is none."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)

    @property
    def points_per_deprivation(self) -> int:
        return self.parameters["points_per_deprivation"].integer()

    def in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def statements(self) -> Iterator[Stated]:
        """Every number and reading, in the order of the document."""
        yield from self.parameters.values()
        yield from self.list_rules.values()
        for line in self.lines.values():
            yield line.inclusive
            yield from line.income_vnd.values()
            yield from (line.points or {}).values()
        for rule in self.class_rules:
            yield rule.reading
        for indicator in self.indicators:
            yield indicator.wording
            yield from indicator.parameters.values()

    def unconfirmed(self) -> tuple[Stated, ...]:
        """What the department has still to confirm."""
        return tuple(found for found in self.statements() if not found.confirmed)

    def blocking(self, income_basis: str | None = None) -> tuple[Stated, ...]:
        """Weak, unconfirmed statements a class rests on: no real family is decided on them.

        With a basis, only those that bear on it (the point lines do not bear on DECLARED).
        """
        of_lists = {found.path for found in self.list_rules.values()}
        of_points = {
            found.path for line in self.lines.values() for found in (line.points or {}).values()
        }
        return tuple(
            found
            for found in self.statements()
            if found.blocks_decisions
            and found.path not in of_lists
            and not (income_basis == "DECLARED" and found.path in of_points)
        )
