"""A figure that cannot be told, with the reason in its place."""

from collections.abc import Mapping

from reports.views.blocks import Block, standing
from reports.views.figure_scope import FigureScope


def without(
    scope: FigureScope, *, key: str, name: str, measure: str, why: str, width: int = 6,
    extra: Mapping[str, object] | None = None,
) -> Block:  # fmt: skip
    """`name`: the plain name of the figure, which stands where its finding would. `extra`: what the
    figure offers besides."""
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
        extra={"why": why, **(extra or {})},
    )
