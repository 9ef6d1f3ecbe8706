"""What was pasted or sent as a file into a table of units."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange import small_sheets
from programs.exchange import area_sheet
from programs.exchange.area_sheet import TypedFigure

_LONGEST_TEXT = 200_000


def typed_rows(request: HttpRequest) -> list[TypedFigure]:
    """The rows of the form's text or of its file. Raises Invalid: none, or unreadable."""
    if request.POST.get("act") == "paste":
        rows = area_sheet.pasted(request.POST.get("text", "")[:_LONGEST_TEXT])
        if not rows:
            raise Invalid(_("Nothing was read: each line needs a unit and a number."))
        return rows
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid(_("Choose a file."))
    return area_sheet.read(sent.read(small_sheets.MOST_BYTES + 1), sent.name or "")
