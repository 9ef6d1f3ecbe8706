"""What the schema says of a dataset."""

import datetime as dt
from typing import Any, Final

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.serializers import Serializer

from households.api.parameters import WHOLE
from reports.api import renderers
from reports.api.serializers import AnswerSerializer
from reports.choices import FigureLevel, FigureStatus
from reports.queries import aggregates

_WORDS: Final = {
    "poverty": "Poor, near-poor and average farm households and persons, and rates of residents.",
    "deprivations": "Which services poor or near-poor households lack, as counts and shares.",
    "movements": "How the poor or near-poor changed since the closing before.",
    "mpi": (
        "Multidimensional headcount ratio, intensity, M0 and what each indicator and dimension"
        " contributes, by households and by persons. With aggregates.exact alone."
    ),
    "groups": "Poor and near-poor households by group, ethnic group, cause, or their children.",
}
_ROUND: Final = 'Keys with commas ("2022,2023"), or "all"; without it the newest decided one.'
_STATUS: Final = (
    "Without it official where the whole area has decided, else preliminary; the answer says which."
)
_SETTLEMENT: Final = (
    "Of rural or of urban villages alone; all: both, as parts of their own. Exact only."
)
_GROUP: Final = "Of the communes of this group alone (its area_id at level=group). Exact only."
_EDITION: Final = 'A signed edition, for ever; of counts and of shares two: "12,13".'
_PARAMETERS: Final = (
    OpenApiParameter("round", str, description=_ROUND),
    OpenApiParameter("area", str, description="Code of a unit; without it the client's own."),
    OpenApiParameter("area_id", WHOLE),
    OpenApiParameter("level", str, enum=FigureLevel.values, description="What the rows are."),
    OpenApiParameter("standard", str, description='Code, or "all"; else the closing one.'),
    OpenApiParameter("status", str, enum=[*FigureStatus.values, "any"], description=_STATUS),
    OpenApiParameter("settlement", str, enum=["rural", "urban", "all"], description=_SETTLEMENT),
    OpenApiParameter("group", WHOLE, description=_GROUP),
    OpenApiParameter("areas_on", dt.date, description="By the units of this day."),
    OpenApiParameter("on", dt.date, description="As areas_on."),
    OpenApiParameter("edition", str, description=_EDITION),
    OpenApiParameter("limit", WHOLE, description="Rows a page of JSON."),
    OpenApiParameter("cursor", str),
)


def answers(of_json: type[Serializer[Any]]) -> dict[tuple[int, str], Any]:
    """What each format looks like, as far as it is JSON."""
    return {
        (200, "application/json"): of_json,
        (200, renderers.Csv.media_type): OpenApiTypes.STR,
        (200, renderers.SdmxCsv.media_type): OpenApiTypes.STR,
        (200, renderers.JsonStat.media_type): OpenApiTypes.OBJECT,
        (200, renderers.Dhis2.media_type): OpenApiTypes.OBJECT,
        (200, renderers.Xlsx.media_type): OpenApiTypes.BINARY,
    }


def documented(view: type[Any], dataset: str) -> type[Any]:
    """The view of a dataset with its operation, parameters and answer."""
    cuts = [one for one in aggregates.DATASETS[dataset] if one]
    by = [OpenApiParameter("by", str, enum=cuts)] if cuts else []
    told = extend_schema(
        operation_id=f"aggregates_{dataset}_retrieve",
        parameters=[*_PARAMETERS, *by],
        responses=answers(AnswerSerializer),
        description=_WORDS[dataset],
    )
    made: type[Any] = extend_schema_view(get=told)(view)
    return made
