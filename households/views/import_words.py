"""What an import would change, in words."""

import json
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from households.choices import PovertyClass
from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from households.exchange.list_columns import LIST_COLUMNS
from households.forms.fields import capitalised
from households.services.imports.differences import Difference

Field = tuple[str, str, str]

_COLUMNS: Final = {one.name: one for one in (*LIST_COLUMNS, *MEMBER_COLUMNS, *HOUSEHOLD_COLUMNS)}
_LABELS: Final = {
    one.field: one.label for one in (*MEMBER_COLUMNS, *HOUSEHOLD_COLUMNS) if one.field
}
_OTHERS: Final = {
    "village_id": "village",
    "commune_id": "commune",
    "ethnic_group_id": "ethnic_group",
}


def label_of(column: str) -> str:
    """A column of the format in the user's words; a point question, or a heading that is not of the
    format, as it stands."""
    found = _COLUMNS.get(column)
    return capitalised(found.label) if found else column


def said(one: Difference) -> list[str]:
    """Each change of a household as a line: "Diện tích nhà ở: 45 → 60"."""
    lines = [_changed(field) for field in one.fields]
    for name, what, fields in one.members:
        if what == "new":
            lines.append(_("%(name)s comes in") % {"name": name})
        elif what == "gone":
            lines.append(_("%(name)s goes out") % {"name": name})
        else:
            lines.append(f"{name}: {'; '.join(map(_changed, fields))}")
    return lines


def _changed(field: Iterable[str]) -> str:
    name, was, becomes = field
    field_label = _LABELS.get(name)
    label = capitalised(field_label) if field_label else label_of(_OTHERS.get(name, name))
    return f"{label}: {_told(was)} → {_told(becomes)}"


def _told(value: str) -> str:
    if value in ("true", "false"):
        return pgettext("answer", "yes") if value == "true" else pgettext("answer", "no")
    if value in PovertyClass.values:
        return str(PovertyClass(value).label)
    if value.startswith(("[", "{")):
        found = json.loads(value)
        pairs = found.items() if isinstance(found, dict) else ((one, "") for one in found)
        return ", ".join(f"{key} {answer}".strip() for key, answer in pairs) or "–"
    return value or "–"
