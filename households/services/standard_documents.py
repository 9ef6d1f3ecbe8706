"""Documents of standards and point tables: read from a file, put into canonical form, changed at
one place. Reads files, touches no database."""

import copy
import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from households.errors import Invalid

Document = dict[str, Any]

FOLDER = Path(__file__).resolve().parent.parent / "data" / "standards"


def read_file(path: Path) -> Document:
    """The document of a TOML file. Raises Invalid with the file and line of what is wrong."""
    return read_text(path.read_bytes(), name=path.name)


def read_text(content: bytes, *, name: str) -> Document:
    """The document of TOML text in UTF-8. Raises Invalid naming `name`."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
        json.dumps(document, allow_nan=False)
    except UnicodeDecodeError as error:
        raise Invalid(_("%(file)s is not UTF-8 text.") % {"file": name}) from error
    except tomllib.TOMLDecodeError as error:
        raise Invalid(
            _("%(file)s is not a TOML file: %(problem)s") % {"file": name, "problem": error}
        ) from error
    except (TypeError, ValueError) as error:
        raise Invalid(
            _("%(file)s holds a value other than text, whole numbers, yes/no and lists.")
            % {"file": name}
        ) from error
    return document


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document with its keys in order: the same rules give the same digest."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def statement_at(document: Mapping[str, Any], path: str) -> dict[str, Any] | None:
    """The table at a dotted path, or None. Items of a list go by their `code`, else position."""
    place: Any = document
    for step in path.split("."):
        if isinstance(place, Mapping):
            place = place.get(step)
        elif isinstance(place, Sequence) and not isinstance(place, str):
            place = _item(place, step)
        else:
            return None
    return place if isinstance(place, dict) else None


def _item(items: Sequence[Any], step: str) -> Any:
    for number, item in enumerate(items):
        code = item.get("code") if isinstance(item, Mapping) else None
        if step == (code or str(number)):
            return item
    return None


def with_values(document: Document, values: Mapping[str, Any]) -> Document:
    """A copy in which each path that states a value states the given one. Paths that are not
    there, and readings that have no value of their own, are left alone."""
    changed = copy.deepcopy(document)
    for path, value in values.items():
        statement = statement_at(changed, path)
        if statement is not None and "value" in statement:
            statement["value"] = value
    return changed
