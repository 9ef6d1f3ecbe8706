"""Modules import each other by the names that change with their content."""

import re
from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings


def test_a_module_imports_exactly_the_version_it_was_written_with(
    tmp_path: Path, settings: Settings
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "povreg.static_files.NamedByContent"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    modules = list((tmp_path / "js").glob("*.????????????.js"))
    imports = [
        name for one in modules for name in re.findall(r'from "\./([^"]+)"', one.read_text("utf-8"))
    ]
    assert "unsent" in {name.split(".")[0] for name in imports}
    for name in imports:
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name), name
        assert (tmp_path / "js" / name).exists()
