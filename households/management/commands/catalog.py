"""The message catalogues, without a system gettext: extract, compile, check.

Babel reads the Python sources; templates are first turned into Python by Django's own templatize.
The msgid is plain English, Vietnamese is the first language and has to be complete; English
starts as the msgid and may be polished in its own file.
"""

import os
import re
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import templatize

LANGUAGES = ("vi", "en")
#: Folders of the product that speak to users.
CODE_FOLDERS = ("households", "programs", "reports", "povreg")
TEMPLATE_FOLDER = "templates"
HEADERS = {
    "vi": "# Words of povreg in Vietnamese, the first language. Kept by manage.py catalog.",
    "en": "# Words of povreg in English. Kept by manage.py catalog.",
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
COMMENT_TAG = "Translators:"

_PLAIN: dict[str, Any] = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"))
KEYWORDS: dict[str, Any] = {
    **_PLAIN,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


class Command(BaseCommand):
    help = "Message catalogues: extract (from the sources), compile (for running), check."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["extract", "compile", "check"])

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        if act == "extract":
            for language in LANGUAGES:
                changed = update(root, language)
                self.stdout.write(f"{language}: {'updated' if changed else 'unchanged'}")
        elif act == "compile":
            for language in LANGUAGES:
                self.stdout.write(f"{language}: {compile_catalogue(root, language)} messages")
        else:
            faults = [fault for language in LANGUAGES for fault in faults_of(root, language)]
            if faults:
                raise CommandError("\n".join(faults))
            self.stdout.write("complete")


def po_path(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def sources(root: Path) -> Iterator[Path]:
    """Every file that may hold user-facing words, in a fixed order."""
    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    yield from sorted((root / TEMPLATE_FOLDER).rglob("*.html"))
    yield from sorted((root / TEMPLATE_FOLDER).rglob("*.txt"))


def extracted(root: Path) -> Catalog:
    """The messages of the sources as they are now, without translations."""
    found = Catalog(project="povreg", charset="utf-8", fuzzy=False)
    for path in sources(root):
        place = path.relative_to(root).as_posix()
        for lineno, message, comments, context in extract(
            "python", BytesIO(_as_python(path)), KEYWORDS, [COMMENT_TAG], {"encoding": "utf-8"}
        ):
            if message and message != ("", ""):
                found.add(
                    message, locations=[(place, lineno)], auto_comments=comments, context=context
                )
    return found


def _as_python(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    # What templatize leaves of the markup is noise to Python; its indentation must not matter.
    lines = templatize(text, origin=str(path)).splitlines()
    return "\n".join(line.lstrip() for line in lines).encode()


def load(root: Path, language: str) -> Catalog:
    """The catalogue as it lies in locale/, an empty one where there is none yet."""
    path = po_path(root, language)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = Catalog(locale=language, project="povreg", charset="utf-8", fuzzy=False)
    catalogue.header_comment = HEADERS[language]
    catalogue.copyright_holder = catalogue.msgid_bugs_address = ""
    catalogue.last_translator = catalogue.language_team = "povreg"
    return catalogue


def update(root: Path, language: str) -> bool:
    """Bring the catalogue in line with the sources; translations stay. True when it changed."""
    catalogue = load(root, language)
    catalogue.update(extracted(root), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    if language == "en":
        for message in _messages(catalogue):
            if not any(_strings(message)):
                message.string = message.id if message.pluralizable else str(message.id)
    path = po_path(root, language)
    before = path.read_bytes() if path.exists() else b""
    after = _written(catalogue, before)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(after)
    return before != after


def _written(catalogue: Catalog, before: bytes) -> bytes:
    """The file; dates in its head move only when a message did."""
    out = BytesIO()
    write_po(out, catalogue, width=100, sort_output=True, include_lineno=False, omit_header=False)
    fresh = out.getvalue()
    return before if _without_dates(before) == _without_dates(fresh) else fresh


def _without_dates(po: bytes) -> list[bytes]:
    return [line for line in po.splitlines() if b"-Date: " not in line]


def compile_catalogue(root: Path, language: str) -> int:
    """Write the .mo beside the .po; the number of messages in it. Whole or not at all: a process
    that starts meanwhile reads the old one or the new one, never half of it."""
    catalogue = load(root, language)
    target = po_path(root, language).with_suffix(".mo")
    written = target.with_suffix(f".mo.{os.getpid()}")
    try:
        with written.open("wb") as file:
            write_mo(file, catalogue)
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)
    return len(catalogue)


def faults_of(root: Path, language: str) -> list[str]:
    """What is missing, doubtful, or different from the sources, a sentence each."""
    catalogue = load(root, language)
    wanted = {(m.id, m.context) for m in _messages(extracted(root))}
    present = {(m.id, m.context): m for m in _messages(catalogue)}
    faults = [f"{language}: not in the catalogue: {id!r}" for id, __ in wanted - present.keys()]
    faults += [f"{language}: no longer used: {id!r}" for id, __ in present.keys() - wanted]
    for message in present.values():
        if message.fuzzy:
            faults.append(f"{language}: doubtful: {message.id!r}")
        if not all(_strings(message)):
            faults.append(f"{language}: not translated: {message.id!r}")
        if _placeholders_differ(message):
            faults.append(f"{language}: other placeholders than the msgid: {message.id!r}")
    return sorted(faults)


def _placeholders_differ(message: Message) -> bool:
    """A placeholder that the sources do not fill, or one that the last form leaves out."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = _strings(message)
    if not all(strings):
        return False
    known = {name for text in ids for name in _PLACEHOLDER.findall(str(text))}
    said = {name for text in strings for name in _PLACEHOLDER.findall(text)}
    missing = set(_PLACEHOLDER.findall(str(ids[-1]))) - set(_PLACEHOLDER.findall(strings[-1]))
    return bool(said - known or missing)


def _messages(catalogue: Catalog) -> Iterable[Message]:
    return [message for message in catalogue if message.id]


def _strings(message: Message) -> tuple[str, ...]:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return tuple(str(string or "") for string in strings)
