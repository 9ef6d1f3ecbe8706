"""A map before anything is told on it: shapes in a plane of their own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Square:
    """A tile; `x` and `y` are its upper left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Shape:
    """A unit: an outline (`path`, SVG) or a tile (`square`). Writing is centred on the label point;
    `room` is how wide it may be."""

    area_id: int
    name: str
    path: str
    square: Square | None
    label_x: int
    label_y: int
    room: int


@dataclass(frozen=True)
class Heading:
    """The name of the unit that a block of tiles lies in; begins at `x`, stands on `y`."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class MapPicture:
    """`width` and `height` of the view box; a width of 1,000 fills a figure on a wide screen.
    `edges`: the outer border and those between units of different units above, as an SVG path.
    `sources`: who is to be credited for the outlines."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    headings: tuple[Heading, ...] = ()
    edges: str = ""
    sources: tuple[str, ...] = ()
