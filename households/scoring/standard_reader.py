"""Takes a standard's document apart, section by section, and refuses what it does not expect."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from households.scoring.document import Label, Section, Stated, no_repeats, stated, vouched_reading
from households.scoring.errors import DocumentError
from households.scoring.facts import POVERTY_CLASSES, SETTLEMENTS
from households.scoring.member_tests import Vocabulary
from households.scoring.readings import read_reading
from households.scoring.standard_parts import ClassRule, Dimension, IncomeLine, Indicator

FORMAT = 1
#: Indicators are bits of a 32-bit number.
MOST_INDICATORS = 30
#: Parameters every standard states.
NEEDED_PARAMETERS = ("points_per_deprivation",)


class PartsReader:
    """Reads the parts of one document; sources, levels and parameters first, all refer to them."""

    def __init__(self, root: Section, confirmed_paths: frozenset[str]) -> None:
        if root.integer("format") != FORMAT:
            raise root.fault("format", f"only format {FORMAT} is known")
        self.root = root
        self.confirmed_paths = confirmed_paths
        self.sources = self._sources()
        self.levels = self._levels()
        self.parameters = self.named("parameters")
        for needed in NEEDED_PARAMETERS:
            if needed not in self.parameters:
                raise root.fault(f"parameters.{needed}", "is missing")

    def _stated(self, section: Section) -> Stated:
        return self._as_confirmed(stated(section, self.sources))

    def _as_confirmed(self, found: Stated) -> Stated:
        if found.path in self.confirmed_paths:
            return replace(found, confirmed=True)
        return found

    def _sources(self) -> dict[str, Label]:
        section = self.root.section("sources")
        found = {key: section.label(key) for key in section.names()}
        section.finish()
        return found

    def _levels(self) -> tuple[str, ...]:
        levels = self.root.texts("school_levels")
        no_repeats(levels, self.root.at("school_levels"))
        return levels

    def named(self, key: str) -> dict[str, Stated]:
        section = self.root.section(key)
        found = {name: self._stated(section.section(name)) for name in section.names()}
        section.finish()
        return found

    def lines(self) -> dict[str, IncomeLine]:
        section = self.root.section("lines")
        lines = {code: self._line(code, section.section(code)) for code in section.names()}
        section.finish()
        return lines

    def _line(self, code: str, section: Section) -> IncomeLine:
        line = IncomeLine(
            code=code,
            name=section.label("name"),
            inclusive=self._stated(section.section("inclusive")),
            income_vnd=self._by_settlement(section.section("income_vnd")),
            points=self._by_settlement(section.section("points")) if "points" in section else None,
            income_only=section.flag("income_only") if "income_only" in section else False,
        )
        line.inclusive.flag()
        if line.income_only and line.points is not None:
            raise section.fault("points", "a line for income only has no points")
        section.finish()
        return line

    def _by_settlement(self, section: Section) -> Mapping[str, Stated]:
        found = {name: self._stated(section.section(name)) for name in SETTLEMENTS}
        for number in found.values():
            number.integer()
        section.finish()
        return MappingProxyType(found)

    def class_rules(self, lines: Mapping[str, IncomeLine]) -> tuple[ClassRule, ...]:
        sections = self.root.sections("class_rules")
        rules = tuple(self._class_rule(section, lines) for section in sections)
        for section, rule in zip(sections, rules, strict=True):
            is_last = rule is rules[-1]
            if (rule.line is None and rule.deprivations_from is None) != is_last:
                raise DocumentError(
                    section.path, "the last rule, and only the last, has no condition"
                )
        if not rules:
            raise self.root.fault("class_rules", "at least one rule is needed")
        return rules

    def _class_rule(self, section: Section, lines: Mapping[str, IncomeLine]) -> ClassRule:
        words = Vocabulary(self.parameters, self.levels, frozenset())
        code = section.code("code")
        poverty_class = section.one_of("class", POVERTY_CLASSES)
        line = section.one_of("at_or_under", tuple(lines)) if "at_or_under" in section else None
        deprivations = None
        if "deprivations_from" in section:
            deprivations = words.whole(section, "deprivations_from")
        reading = self._as_confirmed(vouched_reading(section, self.sources, poverty_class))
        section.finish()
        return ClassRule(code, poverty_class, line, deprivations, reading)

    def dimensions(self) -> tuple[Dimension, ...]:
        found = []
        for section in self.root.sections("dimensions"):
            found.append(Dimension(section.code("code"), section.label("name")))
            section.finish()
        no_repeats([dimension.code for dimension in found], self.root.at("dimensions"))
        return tuple(found)

    def indicators(self, dimensions: Collection[str]) -> tuple[Indicator, ...]:
        sections = self.root.sections("indicators")
        if not 1 <= len(sections) <= MOST_INDICATORS:
            raise self.root.fault("indicators", f"1 to {MOST_INDICATORS} are needed")
        found = tuple(
            self._indicator(position, section, dimensions)
            for position, section in enumerate(sections)
        )
        no_repeats([indicator.code for indicator in found], self.root.at("indicators"))
        return found

    def _indicator(self, position: int, section: Section, dimensions: Collection[str]) -> Indicator:
        parameters = {}
        if "parameters" in section:
            table = section.section("parameters")
            parameters = {name: self._stated(table.section(name)) for name in table.names()}
            table.finish()
        causes = {}
        if "causes" in section:
            table = section.section("causes")
            causes = {name: table.label(name) for name in table.names()}
            table.finish()
        words = Vocabulary(parameters, self.levels, frozenset(causes))
        wording = section.section("reading_stated")
        indicator = Indicator(
            code=section.code("code"),
            position=position,
            dimension=section.one_of("dimension", tuple(sorted(dimensions))),
            name=section.label("name"),
            reading=read_reading(section.section("reading"), words),
            wording=self._stated(wording),
            parameters=MappingProxyType(parameters),
            causes=MappingProxyType(causes),
        )
        unused = sorted(set(parameters) - words.used)
        if unused:
            raise section.fault("parameters", f"the reading does not use {', '.join(unused)}")
        section.finish()
        return indicator
