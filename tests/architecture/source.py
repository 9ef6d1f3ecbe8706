"""The product's Python files, read once, for the tests of the house's rules."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("povreg", "households", "programs", "reports")
GENERATED = ("migrations",)


def shown(path: Path) -> str:
    """The path as a reader of the repository knows it."""
    return str(path.relative_to(ROOT))


@cache
def product_files() -> tuple[Path, ...]:
    """Every module of the four packages that a person wrote."""
    return tuple(
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if not set(GENERATED) & set(path.parts)
    )


@cache
def files_of_tests() -> tuple[Path, ...]:
    """Every Python file under tests/."""
    return tuple(sorted((ROOT / "tests").rglob("*.py")))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file, inner ones too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
