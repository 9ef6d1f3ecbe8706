"""The area whose coverage is looked at, within the user's own, and how it is divided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from households import policies
from households.choices import AreaLevel
from households.models import Area
from households.models.area_reach import branches_through_time
from households.views import access
from programs.forms.keys import key_of
from programs.policies.coverage import coverage_branches, why_not_see_coverage


@dataclass(frozen=True)
class Place:
    """`area` is None where the user has several and chose none. `branches` are the inner paths it
    covers: with what went into it, as far as the user sees that. `is_top`: nothing of the user's
    lies above. `divided_by`: the areas below it by which figures are told apart."""

    area: Area | None
    branches: tuple[str, ...]
    is_top: bool
    divided_by: tuple[Area, ...]

    @property
    def query(self) -> str:
        """For addresses of the same place."""
        return f"area={self.area.pk}" if self.area and not self.is_top else ""


def place_of(request: HttpRequest) -> Place:
    """The place of ?area=, else all that the user sees. 403 for who reads no households, 404 for an
    area of somebody else. About four queries."""
    access.refuse_if(why_not_see_coverage(request.user))
    seen = coverage_branches(request.user)
    reach = policies.areas_in_reach(request.user).real()
    tops = list(reach.filter(pk__in=_last_ids(seen)))
    asked = request.GET.get("area", "")
    if asked:
        area = get_object_or_404(reach.select_related("parent"), pk=key_of(asked))
    else:
        area = tops[0] if len(tops) == 1 else None
    if area is None:
        return Place(None, tuple(seen), True, tuple(tops))
    branches = branches_through_time([area.pk]).get(area.pk, [area.inner_path])
    own = tuple(one for one in branches if any(one.startswith(held) for held in seen))
    below = reach.filter(parent=area).exclude(level=AreaLevel.VILLAGE).order_by("folded_name")
    return Place(area, own, area in tops, tuple(below))


def _last_ids(inner_paths: Iterable[str]) -> list[int]:
    return [int(one.rstrip(".").rsplit(".", 1)[-1]) for one in inner_paths]


def communes_by_part(
    parts: Iterable[Area], communes: Iterable[tuple[int, str]]
) -> Mapping[int, int]:
    """For each commune (key and inner path) the part it belongs to, or went into. Those of none are
    left out. One query."""
    through = branches_through_time([one.pk for one in parts])
    paths = [(path, part) for part, branches in through.items() for path in branches]
    return {pk: part for pk, inner in communes for path, part in paths if inner.startswith(path)}
