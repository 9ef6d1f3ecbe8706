"""A sheet for others, as a department defined and shared it."""

from households.models import OutputLayout, User


def shared(department: User) -> OutputLayout:
    """The one of the department's province, a person a row, with the personal number in it."""
    found, __ = OutputLayout.objects.get_or_create(
        province=department.assignments.get().area,
        name="Bảo hiểm",
        defaults={
            "row_kind": "MEMBER",
            "whom": "ALL",
            "columns": [{"field": "member.cccd", "heading": "Số", "codes": {}}],
            "is_shared": True,
            "made_by": department,
        },
    )
    return found
