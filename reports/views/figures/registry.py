"""Which figures a dashboard has, in the order they are read."""

from collections.abc import Callable
from typing import Final

from reports.views.blocks import Block
from reports.views.figure_scope import FigureScope
from reports.views.figures import (
    aims,
    arisen,
    children,
    disbursement,
    ethnic,
    flows,
    groups,
    labour,
    lacks,
    places,
    support,
    trend,
)

#: Of today and by rights of their own: worked out for each reader.
LIVE: Final = frozenset({support.KEY, disbursement.KEY})
#: Name in addresses → what makes the block; None: this area or round has no such figure.
FIGURES: Final[dict[str, Callable[[FigureScope], Block | None]]] = {
    places.KEY: places.block,
    trend.KEY: trend.block,
    aims.KEY: aims.block,
    flows.KEY: flows.block,
    labour.KEY: labour.block,
    lacks.KEY: lacks.block,
    ethnic.KEY: ethnic.block,
    groups.KEY: groups.block,
    children.KEY: children.block,
    arisen.KEY: arisen.block,
    support.KEY: support.block,
    disbursement.KEY: disbursement.block,
}
