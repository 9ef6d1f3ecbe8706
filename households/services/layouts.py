"""Output sheets: defined once by a province, taken out by whoever reads families there."""

from collections.abc import Sequence
from typing import Final

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import Purpose
from households.choices.layouts import LayoutWhom, RowKind
from households.choices.returns import AnswerKind
from households.errors import Conflict, Invalid, Refused
from households.exchange import layout_fields, layout_rows
from households.exchange.layout_fields import FIELDS, LayoutColumn
from households.exchange.layout_rows import Taking
from households.exchange.sheets import Part
from households.folding import fold
from households.models import Area, LayoutReturn, OutputLayout, User
from households.services import audit, disclosures
from households.services.constraint_messages import told_plainly

VERB: Final = "layout.export"
MOST_COLUMNS: Final = 80
LONGEST_HEADING: Final = 80
_LONGEST_NAME: Final = 80
_MOST_CODES: Final = 60


def make(
    *, province: Area, name: str, row_kind: RowKind, whom: LayoutWhom, by: User
) -> OutputLayout:
    """A layout of one's own that begins with a few columns. Raises Refused, Invalid (name),
    Conflict (the name is taken)."""
    if reason := policies.why_not_define_layouts(by, province):
        raise Refused(reason)
    columns = [one.kept() for one in layout_fields.begun_with(row_kind)]
    made = OutputLayout(
        province=province, name=_name(name), row_kind=row_kind, whom=whom, columns=columns,
        made_by=by,
    )  # fmt: skip
    details = {"row_kind": row_kind, "whom": whom}
    with (
        told_plainly(OutputLayout),
        audit.act(by=by, verb="layout.make", area=province, details=details),
    ):
        made.save()
    return made


def change(
    *,
    layout: OutputLayout,
    name: str,
    whom: LayoutWhom,
    is_shared: bool,
    columns: Sequence[LayoutColumn],
    by: User,
) -> None:
    """Raises Refused, Invalid (name, columns), Conflict (the name is taken)."""
    _check(layout, by)
    columns = _checked(columns, layout.row_kind)
    values = {
        "name": _name(name),
        "whom": whom,
        "is_shared": is_shared,
        "columns": [one.kept() for one in columns],
    }
    details = {"whom": whom, "shared": is_shared, "columns": [one.field for one in columns]}
    with (
        told_plainly(OutputLayout),
        audit.act(
            by=by, verb="layout.change", area=layout.province, subject=layout, details=details
        ),
    ):
        OutputLayout.objects.filter(pk=layout.pk).update(**values, changed_at=Now())


def remove(*, layout: OutputLayout, by: User) -> None:
    """Raises Refused, Conflict (sheets of it came back: they say in which columns)."""
    _check(layout, by)
    if LayoutReturn.objects.filter(layout=layout).exists():
        raise Conflict(_("Sheets of this layout came back; it stays."))
    with audit.act(by=by, verb="layout.remove", area=layout.province, subject=layout):
        OutputLayout.objects.filter(pk=layout.pk).delete()


def taking(*, layout: OutputLayout, area: Area, by: User) -> Taking:
    """What the layout gives for an area, as far as the user sees it. Raises Refused: he reads no
    families there."""
    if not policies.rights(by).holds(policies.READS_HOUSEHOLDS, area):
        raise Refused(_("This area is not yours."))
    return Taking(
        columns=layout_fields.columns_of(layout.columns),
        row_kind=layout.row_kind,
        whom=layout.whom,
        area=area,
        today=clock.today(),
        source=layout.province.code or "",
        with_numbers=policies.why_not_take_out_numbers(by, area) is None,
        layout_id=layout.pk,
    )


def take_out(*, layout: OutputLayout, taken: Taking, purpose: Purpose, note: str, by: User) -> Part:
    """Record who takes out which families in which layout, and what for; give the sheet, whose rows
    are read as it is written. Raises Invalid (note)."""
    count = record(layout=layout, taken=taken, purpose=purpose, note=note, by=by)
    heads = layout_rows.heads(taken.columns)
    return Part(layout.name, heads, layout_rows.rows(taken), count=count)


def record(*, layout: OutputLayout, taken: Taking, purpose: Purpose, note: str, by: User) -> int:
    """Write down that a sheet is taken out, before it is; how many rows it has. Raises Invalid
    (note)."""
    count, households = layout_rows.counted(taken)
    disclosures.record(
        verb=VERB,
        filters={
            "layout": layout.pk,
            "area": taken.area.pk,
            "whom": taken.whom,
            "rows": count,
            "numbers": taken.has_numbers and taken.with_numbers,
        },
        count=households,
        purpose=purpose,
        note=note,
        by=by,
    )
    return count


def _check(layout: OutputLayout, by: User) -> None:
    if reason := policies.why_not_change_layout(by, layout):
        raise Refused(reason)


def _name(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    words = ""
    if not fold(name):
        words = _("Give the layout a name.")
    elif len(name) > _LONGEST_NAME:
        words = _("The name is too long.")
    if words:
        raise Invalid(words, fields={"name": [words]})
    return name


def _checked(columns: Sequence[LayoutColumn], row_kind: str) -> Sequence[LayoutColumn]:
    offered = {one.code for one in layout_fields.offered(row_kind)}
    words = ""
    if not columns:
        words = _("A layout has at least one column.")
    elif len(columns) > MOST_COLUMNS:
        words = _("At most %(count)s columns.") % {"count": MOST_COLUMNS}
    elif any(one.field not in offered for one in columns):
        words = _("A column shows what such a layout cannot have.")
    elif len({one.heading.casefold() for one in columns}) < len(columns):
        words = _("Two columns have the same heading.")
    else:
        words = next(filter(None, map(_fault, columns)), "")
    if words:
        raise Invalid(words)
    return columns


def _fault(column: LayoutColumn) -> str:
    """What is wrong with a column; "" for nothing."""
    label = {"column": FIELDS[column.field].label}
    if not column.heading.strip():
        return _("The column “%(column)s” has no heading.") % label
    if len(column.heading) > LONGEST_HEADING:
        return _("The heading of “%(column)s” is too long.") % label
    if FIELDS[column.field].answer is AnswerKind.CODE and not column.codes:
        return _("“%(column)s”: name the codes of “%(heading)s”, such as Y=1; N=0.") % {
            **label,
            "heading": column.heading,
        }
    known = FIELDS[column.field].codes
    unknown = [code for code in column.codes if known and code not in known]
    if unknown or len(column.codes) > _MOST_CODES:
        told = {**label, "codes": ", ".join(known), "code": ", ".join(unknown)}
        return _("“%(column)s” has no code %(code)s; it has: %(codes)s.") % told
    return ""
