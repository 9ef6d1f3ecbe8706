"""A report as bytes that are the same for the same report: JSON lines, packed.

The head, then each sheet followed by its lines. Lines stream in and out one by one, so memory does
not grow with them beyond the packed bytes.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import Any, Final, TypeVar

from reports.contents.content import Broken, Column, Content, Head, Kind, Line, Paper, Sheet

#: Of the head: what does not make other figures. The digest of the figures leaves it out.
_NOT_FIGURES: Final = ("cut_off_at", "software")
_IF_SAID: Final = ("areas_on", "is_trial")
_LEVEL: Final = 6
_Shape = TypeVar("_Shape")


@dataclass(frozen=True)
class Packed:
    """`sha256` is of the lines unpacked; `figures_sha256` of the same without when and by which
    software it was made: equal where nothing that a reader sees has changed."""

    content: bytes
    sha256: str
    figures_sha256: str
    lines: int


def pack(content: Content) -> Packed:
    """Reads the lines of every sheet once."""
    whole, figures, press = sha256(), sha256(), zlib.compressobj(_LEVEL)
    packed: list[bytes] = []
    count = 0
    head = asdict(content.head)
    # What is not said of a report is not there: its digest stays what it was.
    head = {name: value for name, value in head.items() if value or name not in _IF_SAID}
    figures.update(_line({"head": {k: v for k, v in head.items() if k not in _NOT_FIGURES}}))

    def add(line: bytes) -> None:
        whole.update(line)
        if piece := press.compress(line):
            packed.append(piece)

    add(_line({"head": head}))
    for sheet, lines in content.sheets:
        told = _line({"sheet": asdict(sheet)})
        add(told)
        figures.update(told)
        for one in lines:
            told = _line(_as_list(one))
            add(told)
            figures.update(told)
            count += 1
    packed.append(press.flush())
    return Packed(b"".join(packed), whole.hexdigest(), figures.hexdigest(), count)


def unpack(packed: bytes) -> Content:
    """The report again; sheets and their lines must be read in their order, each once. Raises
    ValueError where the bytes are none."""
    lines = _lines_of(packed)
    head = _made(Head, json.loads(next(lines))["head"])
    return Content(head, _sheets(lines))


def head_of(packed: bytes) -> Head:
    """Only what it is of: unpacks no more than the first line."""
    return unpack(packed).head


def digest(packed: bytes) -> str:
    """The sha256 of the lines as they are stored now; ValueError where they cannot be unpacked."""
    whole = sha256()
    for line in _lines_of(packed):
        whole.update(line + b"\n")
    return whole.hexdigest()


def _sheets(lines: Iterator[bytes]) -> Iterator[tuple[Sheet, Iterable[Line]]]:
    """The line that ends a sheet's lines begins the next sheet."""
    upcoming: list[bytes] = [line for line in (next(lines, b""),) if line]
    while upcoming:
        sheet = _sheet(json.loads(upcoming.pop())["sheet"])

        def own() -> Iterator[Line]:
            for line in lines:
                if line.startswith(b"{"):
                    upcoming.append(line)
                    return
                yield _from_list(json.loads(line))

        stream = own()
        yield sheet, stream
        for _rest in stream:
            pass


def _lines_of(packed: bytes) -> Iterator[bytes]:
    press, rest = zlib.decompressobj(), b""
    step = 65_536
    try:
        for at in range(0, len(packed), step):
            *whole, rest = (rest + press.decompress(packed[at : at + step])).split(b"\n")
            yield from whole
        *whole, rest = (rest + press.flush()).split(b"\n")
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault
    yield from whole
    if rest or not press.eof:
        raise ValueError("cut off")


def _line(told: Any) -> bytes:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def _as_list(line: Line) -> list[Any]:
    told: list[Any] = [line.level, line.number, line.code, line.name, line.key, line.counted]
    told.append(line.cells)
    if line.reasons:
        told.append(dict(line.reasons))
    return told


def _from_list(told: list[Any]) -> Line:
    level, number, code, name, key, counted, cells = told[:7]
    reasons = told[7] if len(told) > 7 else {}
    return Line(level, number, code, name, tuple(cells), key, counted, reasons)


def _sheet(told: dict[str, Any]) -> Sheet:
    columns = tuple(
        _made(Column, one | {"path": tuple(one["path"]), "kind": Kind(one["kind"])})
        for one in told["columns"]
    )
    return _made(
        Sheet,
        told | {"columns": columns, "paper": Paper(told["paper"])}
        | {name: tuple(told[name]) for name in ("names", "notes")}
        | {name: tuple(map(tuple, told.get(name, ()))) for name in ("sums", "rates")},
    )  # fmt: skip


def _made(shape: type[_Shape], told: dict[str, Any]) -> _Shape:
    """Of an older edition fields may be missing; those this version does not know are left out."""
    known = {one.name for one in fields(shape)}  # type: ignore[arg-type]
    given = {name: value for name, value in told.items() if name in known}
    if shape is Head:
        given |= {name: tuple(given[name]) for name in ("issuer", "missing") if name in given}
        given["broken"] = tuple(
            Broken(**(one | {"households": tuple(one["households"])}))
            for one in told.get("broken", ())
        )
    return shape(**given)
