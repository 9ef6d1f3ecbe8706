"""Both languages are complete, and the catalogue command tells when they are not."""

from pathlib import Path
from typing import BinaryIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext, ngettext, override, pgettext

from households.management.commands import catalog

ROOT = Path(settings.BASE_DIR)
CODE = """from django.utils.translation import gettext as _, ngettext, pgettext
one = _("A household")
many = lambda n: ngettext("%(n)s household", "%(n)s households", n)
word = pgettext("relation", "Head")
"""
TEMPLATE = """{% load i18n %}
{% translate "Find" %}
   {% blocktranslate count n=total %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "households").mkdir()
    (tmp_path / "households/words.py").write_text(CODE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(TEMPLATE)
    return tmp_path


@pytest.mark.parametrize("language", catalog.LANGUAGES)
def test_the_catalogue_is_complete_and_in_line_with_the_sources(language: str) -> None:
    assert catalog.faults_of(ROOT, language) == []


def test_words_of_sources_and_templates_are_found_with_context_and_plural(project: Path) -> None:
    found = {(message.id, message.context) for message in catalog.extracted(project) if message.id}
    assert found == {
        ("A household", None),
        (("%(n)s household", "%(n)s households"), None),
        ("Head", "relation"),
        ("Find", None),
        (("%(n)s row", "%(n)s rows"), None),
    }


def test_a_missing_translation_is_told_and_english_starts_as_it_stands(project: Path) -> None:
    for language in catalog.LANGUAGES:
        assert catalog.update(project, language)
    assert "vi: not translated: 'A household'" in catalog.faults_of(project, "vi")
    assert catalog.faults_of(project, "en") == []


def test_a_lost_placeholder_and_a_dropped_word_are_told(project: Path) -> None:
    catalog.update(project, "vi")
    po = catalog.po_path(project, "vi")
    po.write_text(po.read_text().replace('msgstr[0] ""', 'msgstr[0] "hộ"'))
    assert any("placeholder" in fault for fault in catalog.faults_of(project, "vi"))
    (project / "households/words.py").write_text("")
    assert any("no longer used" in fault for fault in catalog.faults_of(project, "vi"))


def test_extracting_twice_changes_nothing(project: Path) -> None:
    assert catalog.update(project, "vi")
    assert not catalog.update(project, "vi")


def test_what_cannot_be_written_leaves_the_old_words_whole(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that starts meanwhile never reads half a file."""
    catalog.update(project, "vi")
    catalog.compile_catalogue(project, "vi")
    compiled = catalog.po_path(project, "vi").with_suffix(".mo")
    before = compiled.read_bytes()

    def half(file: BinaryIO, words: object) -> None:
        file.write(before[: len(before) // 2])
        raise OSError("the disk is full")

    monkeypatch.setattr(catalog, "write_mo", half)
    with pytest.raises(OSError, match="full"):
        catalog.compile_catalogue(project, "vi")
    assert compiled.read_bytes() == before
    assert [path.suffix for path in compiled.parent.iterdir() if path != compiled] == [".po"]


def test_check_fails_with_the_list_of_faults(
    project: Path, settings: pytest.FixtureRequest
) -> None:
    settings.BASE_DIR = project  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="not in the catalogue: 'Find'"):
        call_command("catalog", "check")


def test_context_and_plural_speak_vietnamese() -> None:
    with override("vi"):
        assert gettext("My work") == "Việc cần làm"
        assert pgettext("relation", "Head") == "Chủ hộ"
        assert ngettext("%(count)s household", "%(count)s households", 5) == "%(count)s hộ"
