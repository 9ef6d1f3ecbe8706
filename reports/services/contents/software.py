"""Which povreg made a report."""

import tomllib
from functools import cache
from pathlib import Path

from reports.queries import near_communes

_PROJECT = Path(__file__).resolve().parents[3] / "pyproject.toml"


@cache
def version() -> str:
    """ "0.1.0+<12 hex digits of the code that makes figures and reports>". Once a process."""
    told = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))
    return f"{told['project']['version']}+{near_communes.edition()}"
