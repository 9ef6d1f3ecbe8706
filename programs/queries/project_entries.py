"""What was recorded last of a project's way: the entry that may be taken back."""

from dataclasses import dataclass

from households.models import AuditEvent, RowHistory
from programs.models import Project, ProjectStep


@dataclass(frozen=True)
class LastEntry:
    """The entry into a step or, once it was left, the leaving of it. `act`: who recorded it and
    when; None of a row that no act made."""

    stay: ProjectStep
    act: AuditEvent | None

    @property
    def is_leaving(self) -> bool:
        return self.stay.left_on is not None

    @property
    def key(self) -> str:
        """Of this entry alone: a stay that is left, reopened and left again has another each
        time."""
        way = "left" if self.is_leaving else "entered"
        return f"{self.stay.step.code}-{way}-{self.stay.pk}-{self.act.pk if self.act else 0}"


def last_entry(project: Project) -> LastEntry | None:
    """None where nothing is recorded yet. At most two queries."""
    rows = project.stays.select_related("step", "act__by").order_by("-pk")
    stay: ProjectStep | None = rows.first()
    if stay is None:
        return None
    return LastEntry(stay, stay.act if stay.left_on is None else _left_by(stay))


def _left_by(stay: ProjectStep) -> AuditEvent | None:
    """The act of the last change of a stay that is left: nothing else changes such a row."""
    kept = RowHistory.objects.filter(table_name=ProjectStep._meta.db_table, row_id=stay.pk)
    changed = kept.select_related("act__by").order_by("-pk").first()
    return changed.act if changed else None
