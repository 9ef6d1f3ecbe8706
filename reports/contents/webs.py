"""All counts of a round that are given to everybody, as one web: which are the same number, and
what adds up. Pure.

A count has a name that is the same in every report: its area and what it counts. Counts of one name
that are equal are one number however often they stand somewhere (before and after a correction,
preliminary and official); where they differ each is a number of its own, and all are hidden
together.

A measure may begin with a bundle ("CT/LOANS|POOR.number"): where one number of it is hidden in an
area, all of that bundle are, and of those inside it ("CT/LOANS/POOR|persons").
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

#: Area ("12"; "g3" of a group) and measure ("poor_households").
Name = tuple[str, str]

#: A number of the web: its place in `values`.
Number = int

_HOUSEHOLDS, _PERSONS = "_households", "_persons"


@dataclass(frozen=True)
class Figures:
    """What one table says. `parts` are areas and the areas they are made of, `sums` measures (the
    first is the sum of the others, "-" before one that is taken away). A report that has a column
    only where it counts something tells by that: of names `told` that they are 0, of names `some`
    that they are not."""

    values: Mapping[Name, int]
    parts: Sequence[tuple[str, tuple[str, ...]]] = ()
    sums: Sequence[tuple[str, ...]] = ()
    told: frozenset[Name] = frozenset()
    some: frozenset[Name] = frozenset()


#: A sum that holds: its total first, each number with its sign, so that they add up to nothing.
Relation = tuple[tuple[Number, int], ...]


@dataclass
class Web:
    """`of` are the relations each number is in; `known` are numbers that hiding does not hide any
    more: they were given to everybody before. Of numbers of `some` it is known that they are at
    least 1, of those of `nothing` that they are 0: these are left out of sums, as reports do."""

    names: list[Name] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    of: list[list[int]] = field(default_factory=list)
    by_name: dict[Name, list[Number]] = field(default_factory=dict)
    known: set[Number] = field(default_factory=set)
    some: set[Number] = field(default_factory=set)
    nothing: set[Number] = field(default_factory=set)
    bundles: dict[Name, list[Name]] = field(default_factory=dict)
    _numbers: dict[tuple[Name, int], Number] = field(default_factory=dict, repr=False)
    _relations: set[Relation] = field(default_factory=set, repr=False)

    def add(self, figures: Figures) -> None:
        """What is there already is not there twice. A relation of which a number is missing, or
        that does not hold, is none."""
        found = {name: self._number(name, value) for name, value in figures.values.items()}
        self.nothing |= {found[name] for name in figures.told}
        self.known |= self.nothing
        self.some |= {found[name] for name in figures.some}
        for relation in self._sums(figures, found):
            if relation not in self._relations:
                self._relations.add(relation)
                self._tie(relation)

    def give_out(self, figures: Figures, hidden: Set[Name]) -> None:
        """From now on everybody knows these but what is `hidden`, as far as they are there."""
        for name, value in figures.values.items():
            number = self._numbers.get((name, value))
            if number is not None and name not in hidden:
                self.known.add(number)

    def holds(self, figures: Figures) -> bool:
        """Whether all its numbers and relations are there."""
        found = {}
        for name, value in figures.values.items():
            number = self._numbers.get((name, value))
            if number is None:
                return False
            found[name] = number
        return all(relation in self._relations for relation in self._sums(figures, found))

    def _number(self, name: Name, value: int) -> Number:
        found = self._numbers.get((name, value))
        if found is None:
            found = self._numbers[name, value] = len(self.names)
            self.names.append(name)
            self.values.append(value)
            self.of.append([])
            if name not in self.by_name:
                self._bundle(name)
            self.by_name.setdefault(name, []).append(found)
        return found

    def _bundle(self, name: Name) -> None:
        """Under its bundle, and those that this one is inside of."""
        area, bundle = name[0], bundle_of(name)
        while bundle:
            self.bundles.setdefault((area, bundle), []).append(name)
            bundle = bundle.rpartition("/")[0]

    def hidden_with(self, name: Name) -> list[Name]:
        """What is hidden where `name` is: itself, its twin, its bundle."""
        other = twin(name)
        bundle = self.bundles.get((name[0], bundle_of(name)), [])
        return [name, *([other] if other else []), *bundle]

    def _tie(self, relation: Relation) -> None:
        for number, _sign in relation:
            self.of[number].append(len(self.relations))
        self.relations.append(relation)

    def _sums(self, figures: Figures, found: Mapping[Name, Number]) -> Iterator[Relation]:
        """What adds up in figures whose numbers are `found`."""
        measures = dict.fromkeys(measure for _area, measure in figures.values)
        for area, parts in figures.parts:
            for measure in measures:
                terms = [((area, measure), -1), *(((part, measure), 1) for part in parts)]
                if relation := self._held(terms, found):
                    yield relation
        areas = dict.fromkeys(area for area, _measure in figures.values)
        for total, *added in figures.sums:
            signed = [(one.removeprefix("-"), -1 if one[0] == "-" else 1) for one in added]
            for area in areas:
                terms = [((area, total), -1), *(((area, one), sign) for one, sign in signed)]
                if relation := self._held(terms, found):
                    yield relation

    def _held(
        self, terms: Iterable[tuple[Name, int]], found: Mapping[Name, Number]
    ) -> Relation | None:
        relation, rest = [], 0
        for name, sign in terms:
            number = found.get(name)
            if number is None:
                return None
            if number not in self.nothing:
                relation.append((number, sign))
            rest += sign * self.values[number]
        return tuple(relation) if rest == 0 else None


def bundle_of(name: Name) -> str:
    """ "CT/LOANS" of "CT/LOANS|POOR.number"; "" of a number without one."""
    return name[1].rpartition("|")[0]


def twin(name: Name) -> Name | None:
    """The households of persons, and the persons of households: few of one tell the other."""
    area, measure = name
    for one, other in ((_HOUSEHOLDS, _PERSONS), (_PERSONS, _HOUSEHOLDS)):
        if measure.endswith(one):
            return area, measure.removesuffix(one) + other
    return None
