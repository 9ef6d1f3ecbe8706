"""The shipped programmes of programs/data as documents. Reads files, touches no database."""

import tomllib
from pathlib import Path

from django.utils.translation import gettext as _

from households.errors import Invalid
from programs.appraisal import DocumentError, ProgrammeDocument, read_programme

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"


def documents(folder: Path = DATA_FOLDER) -> list[ProgrammeDocument]:
    """All programmes of `folder`/programmes, by file name. Raises Invalid with the file and the
    place of what is wrong."""
    return [_read(path) for path in sorted((folder / "programmes").glob("*.toml"))]


def _read(path: Path) -> ProgrammeDocument:
    try:
        found = read_programme(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, DocumentError) as error:
        raise Invalid(_("%(file)s: %(reason)s") % {"file": path.name, "reason": error}) from error
    if found.code != path.stem:
        raise Invalid(
            _("%(file)s: %(reason)s") % {"file": path.name, "reason": f"code {found.code}"}
        )
    return found
