"""A figure that cannot be told, with the reason in its place."""

from reports.views.blocks import Block, standing
from reports.views.figure_scope import FigureScope


def without(
    scope: FigureScope, *, key: str, name: str, measure: str, why: str, width: int = 6
) -> Block:
    """`name`: the plain name of the figure, which stands where its finding would."""
    return Block(
        key=key,
        finding=name,
        measure=measure,
        rows_are="",
        columns=(),
        lines=(),
        base=standing(scope),
        template="reports/_no_picture.html",
        width=width,
        extra={"why": why},
    )
