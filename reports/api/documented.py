"""What the schema says of a dataset."""

import datetime as dt
from typing import Any, Final

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from households.api.parameters import WHOLE
from reports.api import renderers
from reports.api.serializers import AnswerSerializer
from reports.choices import FigureLevel, FigureStatus
from reports.queries import aggregates

_WORDS: Final = {
    "poverty": "Poor, near-poor and average farm households and persons, and rates of residents.",
    "deprivations": "Which services poor or near-poor households lack, as counts and shares.",
    "movements": "How the poor or near-poor changed since the closing before.",
    "groups": "Poor and near-poor households by group, ethnic group, cause, or their children.",
}
_ROUND: Final = 'Keys with commas ("2022,2023"), or "all"; without it the newest decided one.'
_STATUS: Final = (
    "Without it official where the whole area has decided, else preliminary; the answer says which."
)
_PARAMETERS: Final = (
    OpenApiParameter("round", str, description=_ROUND),
    OpenApiParameter("area", str, description="Code of a unit; without it the client's own."),
    OpenApiParameter("area_id", WHOLE),
    OpenApiParameter("level", str, enum=FigureLevel.values, description="What the rows are."),
    OpenApiParameter("standard", str, description='Code, or "all"; else the closing one.'),
    OpenApiParameter("status", str, enum=[*FigureStatus.values, "any"], description=_STATUS),
    OpenApiParameter("on", dt.date, description="By the units of this day."),
    OpenApiParameter("edition", WHOLE, description="A signed edition, for ever; its counts."),
    OpenApiParameter("limit", WHOLE, description="Rows a page of JSON."),
    OpenApiParameter("cursor", str),
)

#: What each format looks like, as far as it is JSON.
_ANSWERS: Final = {
    (200, "application/json"): AnswerSerializer,
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
        responses=_ANSWERS,
        description=_WORDS[dataset],
    )
    made: type[Any] = extend_schema_view(get=told)(view)
    return made
