"""What stands in a dossier: every part of a household's file in lines. Vietnamese."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from households import clock
from households.choices import Purpose, SurveyState
from households.models import (
    Area,
    Attachment,
    Inspection,
    RecognitionDecision,
    StepTaken,
    Survey,
    User,
)
from households.queries.dossiers import Dossier
from households.templatetags.povreg import number
from households.views import (
    act_words,
    history_words,
    how_listed,
    paper_places,
    survey_results,
    way_words,
)
from households.views.certificate_words import member_told
from households.views.list_out import foot_of

#: Acts told of one household; the rest is counted.
_ACTS_TOLD = 40


def dossier_data(
    inspection: Inspection,
    dossiers: Sequence[Dossier],
    *,
    subject: str,
    steps: Iterable[StepTaken],
    papers: Iterable[Attachment],
    with_answers: bool,
    foot: str,
    received: Mapping[int, Sequence[str]],
) -> dict[str, Any]:
    """Plain values for data/papers/dossier.typ. `received`: by household, what it was given.
    Some ten queries a form."""
    with override("vi"):
        return {
            "title": f"Hồ sơ phục vụ kiểm tra – {subject}",
            "mark": paper_places.mark_of(inspection.area),
            "foot": foot,
            "subject": subject,
            "order": inspection.paper_number,
            "area": inspection.area.name,
            "years": f"{inspection.first_year}–{inspection.last_year}",
            "made-on": _moment(timezone.now()),
            "today": _day(clock.today()),
            "steps": [_step(one) for one in steps],
            "papers": [_paper(one) for one in papers],
            "households": [
                _household(one, with_answers, received.get(one.household.pk, ()))
                for one in dossiers
            ],
        }


def _household(one: Dossier, with_answers: bool, received: Sequence[str]) -> dict[str, Any]:
    card = one.household.card
    return {
        "code": one.household.code,
        "head": card.head_name or one.household.code,
        "place": _place(card.village),
        "ended": _day(one.household.ended_on),
        "members": [_member(member) for member in one.members],
        "parts": [
            part
            for part in (
                ("Nơi ở", [_home(home) for home in one.homes]),
                ("Danh sách chính thức", _periods(one.periods)),
                ("Biến động", _events(one)),
                ("Đề nghị", [_request(asked) for asked in one.requests]),
                ("Ý kiến, phản ánh, khiếu nại", [_complaint(row) for row in one.complaints]),
                ("Giấy chứng nhận, giấy xác nhận", _papers_given(one)),
                ("Hỗ trợ đã ghi", list(received)),
                ("Giấy tờ, ảnh trong hồ sơ", [_paper(paper) for paper in one.papers]),
                ("Kết luận kiểm tra", [_finding(found) for found in one.findings]),
                ("Ai đã làm gì", _acts(one)),
            )
            if part[1]
        ],
        "surveys": [_survey(survey, with_answers) for survey in one.surveys],
    }


def _member(one: Any) -> dict[str, str]:
    return {**member_told(one), "since": _day(one.valid_from)}


def _home(one: Any) -> str:
    return f"{_span(one.valid_from, one.valid_to)}: {_place(one.village)}"


def _periods(periods: Any) -> list[str]:
    how_listed.tell(periods)
    return [_period(period) for period in periods]


def _period(one: Any) -> str:
    told = (
        f"{_span(one.valid_from, one.valid_to)}: {one.get_poverty_class_display()}, "
        f"vào: {one.told_in} ({_decision(one.decision_in)})"
    )
    if one.decision_out:
        told += f"; ra: {one.get_how_out_display()} ({_decision(one.decision_out)})"
    return told


def _decision(one: RecognitionDecision) -> str:
    """From which paper, signed by whom, and who typed it."""
    told = f"Quyết định số {one.number} ngày {_day(one.decided_on)}"
    if one.decided_by:
        told += f", {_signed(one.signer_title and one.get_signer_title_display(), one.decided_by)}"
    return f"{told}, người ghi {one.recorded_by}"


def _signed(title: Any, name: str) -> str:
    return f"người ký {title} {name}" if title else f"người ký {name}"


def _events(one: Dossier) -> list[str]:
    told = []
    for event in one.events:
        words = act_words.event_words(event, one.household)
        other = f" {words.other.code}" if words.other else ""
        told.append(f"{_day(words.happened_on)}: {words.what}{other}")
    for moved in one.transfers:
        told.append(
            f"{_day(moved.moved_on)}: chuyển từ {moved.from_commune.name} đến "
            f"{moved.to_commune.name}, {str(moved.get_state_display()).lower()}"
        )
    return told


def _request(one: Any) -> str:
    told = f"Số {one.number}, nhận ngày {_day(one.received_on)}: {one.get_kind_display()}"
    told += f"; {str(one.get_state_display()).lower()}"
    if one.answered_on:
        told += f" {one.answer_number}" if one.answer_number else ""
        told += f" ngày {_day(one.answered_on)}"
    if one.answered_by:
        told += f", {_signed(one.signer_title and one.get_signer_title_display(), one.answered_by)}"
    told += f"; người nhận {one.recorded_by}"
    return f"{told}. {one.answer}" if one.answer else told


def _complaint(one: Any) -> str:
    """Who complained stays with those who settle it."""
    told = f"{one.get_kind_display()}, nhận ngày {_day(one.received_on)}: {one.words}; "
    told += str(one.get_state_display()).lower()
    return f"{told} ngày {_day(one.answered_on)}" if one.answered_on else told


def _papers_given(one: Dossier) -> list[str]:
    told = [
        f"Giấy chứng nhận số {row.number}, cấp ngày {_day(row.issued_on)}, "
        f"{_signed(row.get_signer_title_display(), row.signed_by)}, "
        f"{str(row.get_state_display()).lower()}"
        for row in one.certificates
    ]
    return told + [
        f"Giấy xác nhận số {row.number}, ngày {_day(row.issued_on)}: "
        f"{str(row.get_purpose_display()).lower()}"
        for row in one.confirmations
    ]


def _paper(one: Attachment) -> str:
    told = f"{paper_told(one)}, {one.page_count} trang, thêm ngày {_moment(one.added_at)}"
    # Not for the inspector's eyes: it names who complained.
    return f"{told} (chỉ người giải quyết xem)" if one.complaint_id else told


def paper_told(one: Attachment) -> str:
    """What a photo or paper is of, in words of the language that is set."""
    if one.survey:
        return f"{one.get_kind_display()}, {one.survey.round.key}"
    if one.request:
        day = _day(one.request.received_on)
        return f"{one.request.get_kind_display()} {one.request.number}, {day}"
    if one.complaint:
        return f"{one.complaint.get_kind_display()}, {_day(one.complaint.received_on)}"
    if one.decision:
        return _("Decision %(number)s of %(date)s") % {
            "number": one.decision.number, "date": _day(one.decision.decided_on)
        }  # fmt: skip
    assert one.step is not None
    step = one.step
    place = step.village_review.village if step.village_review else step.commune_review.commune
    told = f"{way_words.TAKEN.get(step.verb, step.verb)}, {place.name}, {_day(step.acted_on)}"
    return f"{told} ({step.paper_number})" if step.paper_number else told


def _finding(one: Any) -> str:
    told = f"{_day(one.found_on)}: {one.get_kind_display()}"
    return f"{told}. {one.words}" if one.words else told


def _acts(one: Dossier) -> list[str]:
    told = [
        f"{_moment(act.at)} {history_words.who(act)}: {history_words.what(act)}"
        + (f" ({act.reason})" if act.reason else "")
        for act in one.acts[-_ACTS_TOLD:]
    ]
    left = len(one.acts) - len(told)
    return ([f"… và {left} việc trước đó"] if left else []) + told


def _survey(one: Survey, with_answers: bool) -> dict[str, Any]:
    complete = one.state == SurveyState.COMPLETE
    return {
        "round": paper_places.round_name(one.round),
        "on": _day(one.surveyed_on or one.as_of),
        "by": str(one.surveyed_by or ""),
        "place": _place(one.village),
        "state": str(one.get_state_display()),
        "results": [
            {
                "standard": found.standard_name,
                "class": paper_places.class_word(found.result.poverty_class or ""),
                "decided": found.is_decided,
                "lines": found.lines + found.open_because + found.paper_differences,
                "lacking": [
                    line.name + (": " + "; ".join(line.reasons) if line.reasons else "")
                    for line in found.lacking
                ],
                "questions": [
                    [str(line.number), line.name, line.answer, _points(line.points)]
                    for line in found.questions
                ]
                if with_answers
                else [],
            }
            for found in (survey_results.explained(one) if complete else [])
        ],
    }


def _place(village: Area) -> str:
    return f"{village.name}, {village.parent.name}" if village.parent else village.name


def foot(user: User) -> str:
    """Whom a dossier was made for."""
    with override("vi"):
        return foot_of(user, Purpose.INSPECTION, "")


def _points(points: int | None) -> str:
    return "" if points is None else number(points)


def _step(one: StepTaken) -> list[str]:
    place = one.village_review.village.name if one.village_review else ""
    return [
        _day(one.acted_on),
        place,
        str(way_words.TAKEN.get(one.verb, one.verb)),
        one.acted_by_name,
        f"{one.recorded_by}, {_moment(one.recorded_at)}",
        one.paper_number,
    ]


def _span(first: dt.date, last: dt.date | None) -> str:
    return f"{_day(first)} – {_day(last)}" if last else f"từ {_day(first)}"


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _moment(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}"
