"""Every template compiles, and none opens a hole in the content policy."""

import re
from pathlib import Path

import pytest
from django.template import engines

from tests.architecture.source import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style\b|\sstyle=|\son[a-z]+="
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_compiles_and_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    engines["django"].from_string(text)
    assert INLINE.findall(text) == []
