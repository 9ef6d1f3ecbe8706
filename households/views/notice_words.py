"""A notice in a sentence, with the page it leads to."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.choices.notices import NoticeKind
from households.models import Notice
from households.templatetags.povreg import day


@dataclass(frozen=True)
class Told:
    """`is_pressing`: something is late or was returned."""

    notice: Notice
    sentence: str
    url: str
    is_pressing: bool


_PRESSING = frozenset({NoticeKind.STAGE_LATE, NoticeKind.COMMUNES_LATE, NoticeKind.RETURNED})


def told(notice: Notice) -> Told:
    kind = NoticeKind(notice.kind)
    return Told(notice, _sentence(kind, notice), _url(kind, notice), kind in _PRESSING)


def _sentence(kind: NoticeKind, notice: Notice) -> str:
    facts = notice.facts
    words = {"round": notice.round.key if notice.round else "", "day": _day(facts.get("day"))}
    if kind == NoticeKind.COMPLAINED and facts.get("village"):
        return _("A complaint or remark came in: %(village)s.") % {"village": facts["village"]}
    if kind == NoticeKind.SENT_UP:
        return _("The results of %(commune)s wait for the opinion of the district.") % {
            "commune": notice.area.name
        }
    if kind == NoticeKind.COMPLAINT_DUE:
        return _("A complaint has to be answered by %(day)s.") % words
    if kind == NoticeKind.REQUEST_DUE:
        return _("Request %(number)s has to be answered by %(day)s.") % {**facts, **words}
    if kind == NoticeKind.STAGE_DUE:
        return _("Round %(round)s: the stage you are in ends on %(day)s.") % words
    if kind == NoticeKind.STAGE_LATE:
        return _("Round %(round)s: the stage you are in was to end on %(day)s.") % words
    if kind == NoticeKind.COMMUNES_LATE:
        number = int(facts["number"])
        return ngettext(
            "Round %(round)s: %(number)s commune is past the last day of its stage.",
            "Round %(round)s: %(number)s communes are past the last day of their stage.",
            number,
        ) % {**words, "number": number}
    return f"{kind.label}."


def _day(text: str | None) -> str:
    return day(dt.date.fromisoformat(text)) if text else ""


def _url(kind: NoticeKind, notice: Notice) -> str:
    facts = notice.facts
    if kind in (NoticeKind.COMPLAINED, NoticeKind.COMPLAINT_DUE):
        return reverse("households:complaint", args=[facts["complaint"]])
    if kind == NoticeKind.REQUEST_DUE:
        return reverse("households:request", args=[facts["request"]])
    if kind in (NoticeKind.OFFERED, NoticeKind.TRANSFER_SETTLED):
        return reverse("households:transfer", args=[facts["transfer"]])
    if kind == NoticeKind.FOUND:
        return reverse("households:household", args=[facts["household"]])
    assert notice.round_id is not None
    if kind == NoticeKind.COMMUNES_LATE:
        return reverse("households:round_monitor", args=[notice.round_id]) + "?step=late"
    return reverse("households:commune_way", args=[notice.round_id, notice.area_id])
