"""What is due first, as a sentence with its link."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.queries.do_first import Due, What


@dataclass(frozen=True)
class Told:
    """A row of "do first": when (late ones are marked), what, and what to press."""

    when: str
    is_pressing: bool
    place: str
    sentence: str
    button: str
    url: str


#: From how many days before its last day a thing is marked.
_SOON_DAYS = 2


def told(due: Due, today: dt.date) -> Told:
    left = due.days_left(today)
    sentence, button, url = _words(due)
    return Told(
        when=_when(left),
        is_pressing=left is not None and left <= _SOON_DAYS,
        place=due.place.name,
        sentence=sentence,
        button=button,
        url=url,
    )


def _when(left: int | None) -> str:
    if left is None:
        return ""
    if left < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}
    if left == 0:
        return _("today")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def _words(due: Due) -> tuple[str, str, str]:
    if due.what is What.COMMUNE_TURN:
        assert due.state is not None
        url = reverse("households:commune_way", args=[due.round.pk, due.place.pk])
        return str(due.state.label), _("Open the commune"), url
    if due.what is What.VILLAGES_DONE:
        url = reverse("households:commune_way", args=[due.round.pk, due.place.pk])
        return _("every village has closed its posting"), _("Open the commune"), url
    if due.what is What.SUPPLEMENT:
        url = reverse("households:decision", args=[due.round.pk, due.place.pk])
        words = ngettext(
            "%(count)s household kept back is settled: a supplementary decision is due",
            "%(count)s households kept back are settled: a supplementary decision is due",
            due.number,
        )
        return words % {"count": due.number}, _("Open the decision"), url
    page = reverse("households:village_way", args=[due.round.pk, due.place.pk])
    since = f"{due.since:%d/%m}" if due.since else ""
    if due.what is What.COMPLAINT:
        assert due.complaint is not None
        words = _("complaint or remark received on %(day)s") % {"day": since}
        return words, _("Open it"), reverse("households:complaint", args=[due.complaint])
    if due.what is What.POSTING_OVER:
        assert due.last_day is not None
        day = f"{due.last_day:%d/%m}"
        return _("posted until %(day)s") % {"day": day}, _("End the posting"), page
    if due.what is What.NOT_AGREED:
        words = _("the meeting of %(day)s did not agree: survey again, then meet again")
        return words % {"day": since}, _("Open the village"), page
    if due.what is What.RECHECK:
        words = ngettext(
            "%(count)s household to survey again before the next meeting",
            "%(count)s households to survey again before the next meeting",
            due.number,
        )
        return words % {"count": due.number}, _("Open the village"), page
    if due.what is What.TO_POST:
        return _("met on %(day)s, not posted yet") % {"day": since}, _("Post the results"), page
    if due.what is What.TO_MEET:
        words = _("surveyed by %(day)s, the meeting is to come") % {"day": since}
        return words, _("Record the meeting"), page
    words = ngettext(
        "%(count)s form is not complete.", "%(count)s forms are not complete.", due.number
    )
    url = f"{reverse('households:household_list')}?village={due.place.pk}&round=due"
    return words % {"count": due.number}, _("Enter the next forms"), url
