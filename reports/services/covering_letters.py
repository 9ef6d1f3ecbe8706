"""The letter that goes with the preliminary or official set of an area, as PDF or Word."""

from django.utils.translation import gettext as _

from households.errors import Conflict, Refused
from households.exchange import paper_printing, word_printing
from households.models import User
from households.services import word_templates
from reports.choices import FileForm
from reports.models import ReportOrder
from reports.policies.editions import why_not_order_reports
from reports.queries import covering_letter

#: Its template among the papers, which staff may replace for Word.
PAPER = "report_letter"


def letter(*, order: ReportOrder, form: FileForm, by: User) -> bytes:
    """PDF, or else Word from the province's own template: figures of the area, communes that are
    missing, the list of what is enclosed. No names. Number, day and signature are left free.

    Raises Refused (not one's area), Conflict (nothing of the area is made yet).
    """
    if refusal := why_not_order_reports(by, order.area):
        raise Refused(refusal)
    try:
        words = covering_letter.words(order)
    except ValueError as fault:
        raise Conflict(_("No report of this area is made yet.")) from fault
    if form == FileForm.PDF:
        return paper_printing.pdf(PAPER, words)
    source = word_templates.in_use(province=order.round.province, paper=PAPER)
    return word_printing.docx(source, words)
