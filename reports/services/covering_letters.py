"""The letter that goes with the preliminary or official set of an area: its words, and as PDF or
Word."""

from typing import Any, Final

from django.utils.translation import gettext as _

from households.errors import Conflict, Refused
from households.exchange import paper_printing, word_printing
from households.exchange.word_printing import NotATemplate
from households.models import User
from households.services import word_templates
from reports.choices import FigureStatus, FileForm
from reports.models import ReportOrder
from reports.policies.editions import why_not_order_reports
from reports.queries import covering_letter
from reports.services import edition_files

#: Its template among the papers, which staff may replace for Word.
PAPER: Final = "report_letter"


def words(*, order: ReportOrder, by: User) -> dict[str, Any]:
    """As they stand in both. Raises Refused (not one's area), Conflict (nothing of the area is made
    yet). Cost: as queries.covering_letter.words."""
    if refusal := why_not_order_reports(by, order.area):
        raise Refused(refusal)
    try:
        return covering_letter.words(order)
    except ValueError as fault:
        raise Conflict(_("No report of this area is made yet.")) from fault


def letter(*, order: ReportOrder, form: FileForm, by: User) -> bytes:
    """PDF, or else Word from the province's own template: figures of the area, communes that are
    missing, the list of what is enclosed. No names. Number, day and signature are left free.

    Raises as `words`, Conflict where a tag of the template does not fit.
    """
    told = words(order=order, by=by)
    if form == FileForm.PDF:
        return paper_printing.pdf(PAPER, told)
    source = word_templates.in_use(province=order.round.province, paper=PAPER)
    try:
        return word_printing.docx(source, told)
    except NotATemplate as fault:
        raise Conflict(str(fault)) from fault


def file_name(order: ReportOrder, form: FileForm) -> str:
    """ "cong-van-2023-06-bac-kan-chinh-thuc.docx"."""
    status = edition_files.in_vietnamese(FigureStatus(order.status))
    told = ["cong van", order.round.key, order.area.code, order.area.name, status]
    return f"{edition_files.plain(told)}.{form.value}"
