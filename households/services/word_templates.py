"""The Word templates of a province: put instead of the shipped ones, or taken away again."""

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households import policies
from households.errors import Invalid, Refused
from households.exchange import word_drafts, word_printing
from households.models import Area, User, WordTemplate
from households.services import audit


def in_use(*, province: Area | None, paper: str) -> bytes:
    """The template a paper is printed from: the province's own, else the shipped one. One query."""
    own = WordTemplate.objects.filter(province=province, paper=paper)
    content = own.values_list("content", flat=True).first()
    return bytes(content) if content else word_drafts.draft(paper)


def put(*, province: Area, paper: str, content: bytes, by: User) -> None:
    """Print the paper from this file from now on. Raises Refused, Invalid (content)."""
    _check_right(province, by)
    if paper not in word_drafts.papers():
        raise Refused(_("This paper is not printed as Word."))
    try:
        word_printing.check(paper, content)
    except word_printing.NotATemplate as fault:
        raise Invalid(str(fault), fields={"content": [str(fault)]}) from fault
    with audit.act(by=by, verb="word_template.put", area=province, details={"paper": paper}):
        WordTemplate.objects.update_or_create(
            province=province,
            paper=paper,
            defaults={"content": content, "put_by": by, "put_at": Now()},
        )


def take_away(*, province: Area, paper: str, by: User) -> None:
    """Print the paper from the shipped template again. Raises Refused."""
    _check_right(province, by)
    with audit.act(by=by, verb="word_template.take_away", area=province, details={"paper": paper}):
        WordTemplate.objects.filter(province=province, paper=paper).delete()


def _check_right(province: Area, by: User) -> None:
    if reason := policies.why_not_put_templates(by, province):
        raise Refused(reason)
