"""The formats an answer is given out in, as the asker names them (Accept, or format=)."""

from typing import Any

from rest_framework.renderers import BaseRenderer


class _Written(BaseRenderer):
    """Views write the bytes themselves; what comes here as data is an error, told as JSON."""

    charset: str | None = "utf-8"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return data if isinstance(data, bytes) else str(data).encode()


class Csv(_Written):
    media_type = "text/csv"
    format = "csv"


class JsonStat(_Written):
    media_type = "application/vnd.json-stat+json"
    format = "json-stat"


class SdmxCsv(_Written):
    media_type = "application/vnd.sdmx.data+csv"
    format = "sdmx-csv"


class Xlsx(_Written):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"
    charset = None


class Dhis2(_Written):
    media_type = "application/vnd.dhis2.datavalueset+json"
    format = "dhis2"
