"""Files of an edition, as they were first given out."""

from django.utils.translation import gettext as _

from households.errors import Conflict
from households.models import User
from reports.choices import FileForm, FileVersion
from reports.models import Edition, EditionFile


def file_of(*, edition: Edition, form: FileForm, version: FileVersion, by: User) -> EditionFile:
    """The file that was given out before. Raises Conflict where none was yet."""
    found = edition.files.filter(form=form, version=version).first()
    if found is None:
        raise Conflict(_("%(form)s files of reports are not written yet.") % {"form": form.label})
    return found
