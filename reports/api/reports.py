"""Signed editions of reports, and the files that were made of them."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.api import parameters
from households.api.access import caller_of
from households.api.base import ApiView
from households.api.paging import CURSOR, LIMIT, Pages, page_of
from households.api.parameters import WHOLE
from households.api.rounds import NameSerializer
from households.choices.api import ApiScope
from households.models import Area
from reports import definitions
from reports.choices import FigureStatus, FileForm, FileVersion
from reports.models import Edition, EditionFile
from reports.services import edition_files

_TYPES = {
    FileForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileForm.PDF: "application/pdf",
    FileForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class FileSerializer(serializers.Serializer):
    form = serializers.ChoiceField(FileForm.choices)
    sha256 = serializers.CharField()
    url = serializers.CharField()


class EditionSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    report = serializers.CharField()
    name = NameSerializer()
    area_id = serializers.IntegerField()
    area_code = serializers.CharField(allow_blank=True)
    area = serializers.CharField()
    round = serializers.CharField()
    standard = serializers.CharField()
    status = serializers.ChoiceField(FigureStatus.choices)
    areas_on = serializers.DateField(help_text="Its units are those of this day.")
    number = serializers.IntegerField()
    cut_off_at = serializers.DateTimeField(help_text="The moment its figures are of.")
    signed_on = serializers.DateField()
    position = serializers.CharField(help_text="As what it was signed.")
    corrects = serializers.IntegerField(allow_null=True)
    definition_version = serializers.IntegerField()
    sha256 = serializers.CharField(
        allow_null=True,
        help_text="Of what is kept of the edition, its small numbers too; null without exact.",
    )
    files = FileSerializer(many=True)


class EditionPages(Pages):
    """The newest first."""

    ordering = ("-pk",)


class ReportList(ApiView):
    @extend_schema(
        operation_id="reports_list",
        parameters=[
            OpenApiParameter("report", str, description="T1, T2 …"),
            OpenApiParameter("round", str),
            OpenApiParameter("area_id", WHOLE),
            OpenApiParameter("status", str, enum=FigureStatus.values),
            LIMIT,
            CURSOR,
        ],
        responses={200: page_of(EditionSerializer)},
    )
    def get(self, request: Request) -> Response:
        """Signed editions without names, of the areas asked about; `files` are those that were made
        in the version the caller may have."""
        found = _signed(request)
        if report := request.query_params.get("report"):
            found = found.filter(report=report)
        if (area := parameters.whole(request, "area_id")) is not None:
            found = found.filter(area=area)
        if status := parameters.choice(request, "status", FigureStatus.values):
            found = found.filter(status=status)
        if key := request.query_params.get("round"):
            year, __, month = key.partition("-")
            if not (year.isdigit() and (not month or month.isdigit())):
                raise Http404
            found = found.filter(round__year=int(year), round__month=int(month) if month else None)
        pages = EditionPages()
        rows = pages.paginate_queryset(found, request, view=self)
        told = [_told(one, _version(request)) for one in rows or []]
        return Response(pages.get_paginated_response(EditionSerializer(told, many=True).data).data)


class ReportFile(ApiView):
    @extend_schema(operation_id="reports_file", responses={200: OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int, form: str) -> HttpResponse:
        """A file as it was first made, for ever the same."""
        edition = get_object_or_404(_signed(request), pk=pk)
        version = _version(request)
        found: EditionFile = get_object_or_404(
            EditionFile.objects.all(), edition=edition, form=form, version=version
        )
        answer = HttpResponse(bytes(found.content), content_type=_TYPES[FileForm(form)])
        name = edition_files.file_name(edition, FileForm(form), version)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["ETag"] = f'"{found.sha256}"'
        return answer


def _signed(request: Request) -> QuerySet[Edition]:
    own = Area.objects.under_any(list(caller_of(request).branches)).real()
    signed = Edition.objects.filter(area__in=own, has_names=False, signature__isnull=False)
    files = EditionFile.objects.defer("content").order_by("form")
    return (
        signed.select_related("area", "round", "standard", "signature")
        .defer("content")
        .prefetch_related(Prefetch("files", files))
    )


def _version(request: Request) -> FileVersion:
    is_exact = caller_of(request).may(ApiScope.EXACT)
    return FileVersion.INTERNAL if is_exact else FileVersion.PUBLIC


def _told(one: Edition, version: FileVersion) -> dict[str, Any]:
    name = definitions.named(one.report).name
    files = [file for file in one.files.all() if file.version == version]
    return {
        "id": one.pk,
        "report": one.report,
        "name": {"vi": name["vi"], "en": name["en"]},
        "area_id": one.area_id,
        "area_code": one.area.code,
        "area": one.area.name,
        "round": one.round.key,
        "standard": one.standard.code,
        "status": one.status,
        "areas_on": one.areas_on or one.round.as_of,
        "number": one.number,
        "cut_off_at": one.cut_off_at,
        "signed_on": one.signature.signed_on,
        "position": one.signature.position,
        "corrects": one.corrects_id,
        "definition_version": one.definition_version,
        # Who knows all but a few small numbers could try which of them give this digest.
        "sha256": one.sha256 if version == FileVersion.INTERNAL else None,
        "files": [
            {
                "form": file.form,
                "sha256": file.sha256,
                "url": reverse("api:report_file", args=[one.pk, file.form]),
            }
            for file in files
        ],
    }
