"""What the programmes came to in every area that reports of it, as the register has it now."""

from collections.abc import Iterable, Mapping, Sequence

from households.models import Area
from reports.choices import FigureLevel
from reports.contents.programme_figures import Telling
from reports.contents.webs import Figures
from reports.definitions import ReportDefinition
from reports.services.contents import Asked, programmes

_LEVELS = (FigureLevel.PROVINCE, FigureLevel.DISTRICT, FigureLevel.COMMUNE)


def of(definition: ReportDefinition, asked: Asked) -> Figures:
    """Of the province `asked` is of, its districts and communes. As results of a year cost."""
    levels = [found.units.rows for level in _LEVELS if (found := asked.at(level))]
    keys = [unit.key for units in levels for unit in units]
    areas = list(Area.objects.filter(pk__in=keys).order_by("pk"))
    telling = Telling()
    for area, results, money in programmes.of_areas(definition, asked.round, areas):
        telling.add(str(area.pk), results, money)
    telling.fill()
    return telling.figures(_parts(areas).items())


def _parts(areas: Iterable[Area]) -> Mapping[str, Sequence[str]]:
    """Areas with the next ones under them."""
    known = {area.pk: area for area in areas}
    found: dict[str, list[str]] = {}
    for area in known.values():
        line = [one for part in area.path.split(".") if part and (one := int(part)) in known]
        above = [one for one in line if one != area.pk]
        if above:
            found.setdefault(str(above[-1]), []).append(str(area.pk))
    return found
