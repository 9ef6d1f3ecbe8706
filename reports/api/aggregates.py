"""Aggregates: one address a dataset, in the formats of other systems."""

import base64
import binascii
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, ClassVar, Final, Protocol

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from households import clock
from households.api import parameters
from households.api.access import caller_of
from households.api.base import LICENCE, LICENCE_URL, ApiView
from households.api.problems import BadQuestion, Unanswerable
from households.choices.api import ApiScope
from households.errors import Refused
from households.models import Area
from households.services import api_answers
from reports import definitions
from reports.api import asked as asking
from reports.api import renderers
from reports.api.documented import documented
from reports.choices import FigureLevel
from reports.exchange.aggregates import csv_lines, dhis2, json_stat, records, sdmx_csv, workbook
from reports.queries import aggregates
from reports.queries.aggregates import Cut, EditionOf, Part

_KNOWN: Final = (
    "area", "area_id", "areas_on", "by", "cursor", "edition", "format", "group", "level", "limit",
    "on", "round", "settlement", "standard", "status",
)  # fmt: skip
_ROWS: Final = 1000
_MOST_ROWS: Final = 10_000
#: Where the columns are explained.
_DEFINITION: Final = "/api/v1/variables/?dataset={dataset}"
NOT_WEIGHED: Final = _(
    "These figures do not stand in the pattern of small numbers that are left out; they are given"
    " with the right to exact numbers (aggregates.exact) alone."
)


class Answering(Protocol):
    """A question with its parts, whatever they are read from."""

    @property
    def dataset(self) -> str: ...
    @property
    def cut_name(self) -> str: ...
    @property
    def cut(self) -> Cut: ...
    @property
    def area(self) -> Area: ...
    @property
    def level(self) -> FigureLevel: ...
    def parts(self) -> list[Part]: ...
    def names(self, parts: Sequence[Part]) -> dict[str, str]: ...


class AggregateView(ApiView):
    """A dataset; made for each of aggregates.DATASETS."""

    dataset: ClassVar[str] = ""
    #: Parameters that it takes.
    known: ClassVar[tuple[str, ...]] = _KNOWN
    scope = ApiScope.AGGREGATES
    renderer_classes = (
        JSONRenderer, renderers.Csv, renderers.JsonStat, renderers.SdmxCsv, renderers.Xlsx,
        renderers.Dhis2,
    )  # fmt: skip

    def get(self, request: Request) -> HttpResponseBase:
        parameters.only(request, self.known)
        is_exact = caller_of(request).may(ApiScope.EXACT)
        found = self.asked(request, is_exact=is_exact)
        if not (is_exact or found.cut.is_weighed):
            raise Refused(NOT_WEIGHED)
        answer: HttpResponseBase = _WRITERS[request.accepted_renderer.format](request, found)
        return answer

    def asked(self, request: Request, *, is_exact: bool) -> Answering:
        """What is asked; as asked.asked."""
        return asking.asked(request, self.dataset, is_exact=is_exact)


def _json(request: Request, found: Answering) -> HttpResponseBase:
    parts = found.parts()
    limit = min(parameters.whole(request, "limit") or _ROWS, _MOST_ROWS)
    start = _cursor(request, parts)
    rows = list(islice(_from(parts, *start), limit + 1))
    told: dict[str, Any] = {
        **head(found, parts),
        "parts": [_part(one) for one in parts],
        "rows": [_row(one[-1]) for one in rows[:limit]],
        "next": None,
    }
    for part, number, __ in rows[limit:]:
        query = request.query_params.copy()
        query["cursor"] = _written(part, number)
        told["next"] = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    answer: HttpResponseBase = Response(told)
    return answer


def _from(parts: list[Part], first: int, number: int) -> Iterator[tuple[Part, int, dict[str, Any]]]:
    """Rows from the `number`th of the `first`th part on; parts before are not read."""
    for at, part in enumerate(parts[first:], first):
        skipped = number if at == first else 0
        for place, one in enumerate(islice(records.records(part), skipped, None), skipped):
            yield part, place, one


def _written(part: Part, number: int) -> str:
    return base64.urlsafe_b64encode(f"{part.key}|{number}".encode()).decode().rstrip("=")


def _cursor(request: Request, parts: list[Part]) -> tuple[int, int]:
    """Raises BadQuestion for one that no answer to this question gave."""
    typed = request.query_params.get("cursor")
    if not typed:
        return 0, 0
    try:
        told = base64.urlsafe_b64decode(typed + "=" * (-len(typed) % 4)).decode()
        key, __, number = told.rpartition("|")
        return [one.key for one in parts].index(key), int(number)
    except (ValueError, binascii.Error) as error:
        raise BadQuestion("cursor", _("This cursor is of another question.")) from error


def head(found: Answering, parts: list[Part]) -> dict[str, Any]:
    """What the whole answer is of."""
    statuses = {one.head.status for one in parts}
    return {
        "dataset": found.dataset,
        "by": found.cut_name or None,
        "area_id": found.area.pk,
        "area_code": found.area.code,
        "level": found.level.value,
        "as_of": max((one.head.round.as_of for one in parts), default=clock.today()),
        "status": statuses.pop().value if len(statuses) == 1 else None,
        "definition": _DEFINITION.format(dataset=found.dataset),
        "licence": LICENCE,
    }


def _part(one: Part) -> dict[str, Any]:
    asked = one.head
    return {
        "round": asked.round.key,
        "standard": asked.standard.code,
        "status": asked.status.value,
        "as_of": asked.round.as_of,
        "areas_on": asked.on,
        "base": one.cut.base,
        "break": bool(asked.broken),
        "break_reason": asked.broken or None,
        "communes_undecided": asked.undecided,
        "trial": (one.question.trial or None) if one.question else None,
        "not_recast": one.question.units.not_recast if one.question else [],
        "edition": _edition(asked.edition),
        "edition_of_rates": _edition(asked.edition_of_rates),
        "definition_version": _version(one),
        "columns": list(one.columns),
        **dict(asked.about),
        **asked.more,
    }


def _edition(found: EditionOf | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"id": found.pk, "number": found.number, "is_signed": found.is_signed}


#: Of a record; they stand flat in a row.
_APART: Final = ("unit", "figures", "reasons")


def _version(one: Part) -> int:
    """Of the table's definition: the edition's, or that of today; of what is no report, the
    first."""
    edition = one.head.edition
    if edition:
        return edition.definition_version
    report = definitions.all_reports().get(one.cut.table)
    return report.version if report else 1


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    """Heads and figures side by side, as in every other format."""
    figures = {name: records.as_number(value) for name, value in one["figures"].items()}
    heads = {name: value for name, value in one.items() if name not in _APART}
    return {**heads, "unit": one["unit"] or None, **figures, "reasons": one["reasons"]}


def _csv(request: Request, found: Answering) -> HttpResponseBase:
    return _streamed(request, found, csv_lines.lines(found.parts()), "csv")


def _sdmx_csv(request: Request, found: Answering) -> HttpResponseBase:
    return _streamed(request, found, sdmx_csv.lines(found.parts(), found.dataset), "sdmx.csv")


def _streamed(
    request: Request, found: Answering, lines: Iterator[str], ending: str
) -> HttpResponseBase:
    """Whole where it is small: then it has its length and is told from another by its ETag."""
    kind = f"{request.accepted_renderer.media_type}; charset=utf-8"
    content = (line.encode() for line in lines)
    first: list[bytes] = []
    size = 0
    for line in content:
        first.append(line)
        size += len(line)
        if size > api_answers.MOST_BYTES:
            whole: HttpResponseBase = StreamingHttpResponse(chain(first, content))
            break
    else:
        whole = HttpResponse(b"".join(first))
    whole["Content-Type"] = kind
    return _named(whole, found, ending)


def _json_stat(request: Request, found: Answering) -> HttpResponseBase:
    parts = found.parts()
    names = found.names(parts)
    try:
        told = json_stat.dataset(parts, label=found.dataset, names=names, source="povreg")
    except ValueError as error:
        raise Unanswerable(_("A cube is of one standard: name it.")) from error
    told["extension"] = {**head(found, parts), "parts": [_part(one) for one in parts]}
    told["link"] = {
        "license": [{"type": "text/html", "href": LICENCE_URL}],
        "describedby": [{"type": "application/json", "href": told["extension"]["definition"]}],
    }
    return _as_json(request, told)


def _dhis2(request: Request, found: Answering) -> HttpResponseBase:
    return _as_json(request, dhis2.value_set(found.parts(), found.dataset))


def _as_json(request: Request, told: Any) -> HttpResponseBase:
    written = JSONRenderer().render(told)
    return HttpResponse(written, content_type=request.accepted_renderer.media_type)


def _xlsx(request: Request, found: Answering) -> HttpResponseBase:
    parts = found.parts()
    told = {name: str(value) for name, value in head(found, parts).items() if value is not None}
    made_at = max(
        (dt.datetime.combine(p.head.round.as_of, dt.time()) for p in parts), default=_EPOCH
    )
    content = workbook.xlsx(parts, head=told, made_at=made_at)
    answer = HttpResponse(content, content_type=request.accepted_renderer.media_type)
    return _named(answer, found, "xlsx")


_EPOCH: Final = dt.datetime(2021, 1, 1)  # noqa: DTZ001 - the workbook's own day, of no zone


def _named(answer: HttpResponseBase, found: Answering, ending: str) -> HttpResponseBase:
    answer["Content-Disposition"] = f'attachment; filename="povreg-{found.dataset}.{ending}"'
    return answer


_WRITERS: Final = {
    "json": _json,
    "csv": _csv,
    "json-stat": _json_stat,
    "sdmx-csv": _sdmx_csv,
    "xlsx": _xlsx,
    "dhis2": _dhis2,
}


VIEWS: Final = {
    dataset: documented(
        type(
            f"{dataset.title()}View",
            (AggregateView,),
            {"dataset": dataset, "definition": _DEFINITION.format(dataset=dataset)},
        ),
        dataset,
    )
    for dataset in aggregates.DATASETS
}
