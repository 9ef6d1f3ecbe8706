"""The communes and villages that a list names, found by code or name on the map of its year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from households.choices import AreaLevel
from households.exchange.unit_names import bare_village, same_unit
from households.folding import fold
from households.models import Area

_LEVELS: Final = (AreaLevel.COMMUNE, AreaLevel.VILLAGE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row says that it is; None where it does not, or no such unit is known. `is_outside`:
    the commune is known, and of another area than the list."""

    commune_id: int | None = None
    village_id: int | None = None
    is_outside: bool = False


class Places:
    """Every wording is looked up once. `branches`: inner paths of the list's area and of what it
    was made of. One query to begin with."""

    def __init__(self, area: Area, year: int, branches: Sequence[str]) -> None:
        self._area, self._branches = area, branches
        province = int(area.inner_path.split(".")[0])
        during = Area.objects.filter(
            path__startswith=f"{province}.", level__in=_LEVELS, valid_from__year__lte=year
        ).exclude(valid_to__year__lt=year)
        self._by_code: dict[str, Area] = {}
        self._communes: list[Area] = []
        self._villages: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for one in during.order_by("valid_from", "pk"):
            if one.level == AreaLevel.COMMUNE:
                self._by_code[one.code] = one
                self._communes.append(one)
            elif one.parent_id is not None:
                self._villages[one.parent_id][bare_village(one.name)] = one.pk
        self._own = self._of_area()
        self._known: dict[tuple[str, str, str], Place] = {}
        self._named: dict[str, Area | None] = {}

    def _of_area(self) -> Area | None:
        """The commune that a list is of where its rows name none."""
        if self._area.level == AreaLevel.COMMUNE:
            return self._area
        inside = [one for one in self._communes if self._is_inside(one)]
        return inside[0] if len(inside) == 1 else None

    def _is_inside(self, commune: Area) -> bool:
        return any(commune.inner_path.startswith(one) for one in self._branches)

    def find(self, code: str, commune: str, village: str) -> Place:
        """The place of a row, by what it says."""
        key = (code, commune, village)
        if key not in self._known:
            self._known[key] = self._found(*key)
        return self._known[key]

    def _found(self, code: str, commune: str, village: str) -> Place:
        if not code and not commune:
            found = self._own
        else:
            found = self._by_code.get(code.zfill(5)) if code else None
            found = found or (self._by_name(commune) if commune else None)
        if found is None:
            return Place()
        if not self._is_inside(found):
            return Place(found.pk, None, is_outside=True)
        return Place(found.pk, self._villages[found.pk].get(bare_village(village)))

    def _by_name(self, name: str) -> Area | None:
        """The one commune of this name, those of the list's area before others. Two of one name
        are none."""
        folded = fold(name)
        if folded not in self._named:
            # "Xã Bằng Vân, huyện Ngân Sơn": the commune stands first.
            first = name.split(",")[0]
            fitting = [one for one in self._communes if same_unit(one.name, first)]
            inside = [one for one in fitting if self._is_inside(one)] or fitting
            self._named[folded] = inside[0] if len({one.code for one in inside}) == 1 else None
        return self._named[folded]
