"""What stands on each printed paper of a village, in the language of the law: Vietnamese."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from households import clock
from households.choices import COMPLAINT_IS_OPEN, ComplaintKind, Purpose, SurveyState
from households.models import Area, Complaint, PublicPosting, ReviewRound, VillageMeeting
from households.queries import terms, village_papers
from households.queries.village_papers import PaperRow
from households.views import minutes_words, paper_places

_BLANK = "…………"


@dataclass(frozen=True)
class Kind:
    """A paper: its template, its name, what it is mostly for, and whose households stand on it.
    `is_posted`: it hangs out in public, so its foot says nothing of who printed it. `names`: of
    families, so that its print is recorded."""

    template: str
    name: Promise
    purpose: Purpose
    rows: Callable[[ReviewRound, Area], list[PaperRow]]
    is_posted: bool = False
    names: bool = True


_INVITATION = gettext_lazy("Invitation to the village meeting")
_POSTING_MINUTES = gettext_lazy("Minutes of the posting")
_END_OF_POSTING = gettext_lazy("Minutes of the end of posting")

KINDS: dict[str, Kind] = {
    "to-review": Kind(
        "to_review",
        gettext_lazy("List of households to review"),
        Purpose.FIELD_WORK,
        village_papers.to_review,
    ),
    "invitation": Kind(
        "invitation", _INVITATION, Purpose.MEETING, village_papers.reviewed, names=False
    ),
    "minutes": Kind(
        "minutes",
        gettext_lazy("Minutes of the village meeting"),
        Purpose.MEETING,
        village_papers.reviewed,
    ),
    "posting": Kind(
        "posting",
        gettext_lazy("List for public posting"),
        Purpose.POSTING,
        village_papers.reviewed,
        is_posted=True,
    ),
    "posting-minutes": Kind(
        "posting_minutes", _POSTING_MINUTES, Purpose.POSTING, village_papers.reviewed, names=False
    ),
    "end-of-posting": Kind(
        "end_of_posting", _END_OF_POSTING, Purpose.POSTING, village_papers.reviewed, names=False
    ),
}


def data_of(
    kind: Kind,
    round: ReviewRound,
    village: Area,
    rows: list[PaperRow],
    foot: str,
    household: int | None = None,
    meeting: VillageMeeting | None = None,
) -> dict[str, Any]:
    """Everything the template prints, as plain values; `household`: of its own posting alone;
    `meeting`: the one whose minutes they are, None to be filled in by hand. Some nine queries."""
    commune = village.parent
    assert commune is not None
    in_force = terms.in_force(clock.today())
    alone = minutes_words.agreed_alone(meeting) if meeting else {}
    with_points = kind.is_posted and in_force.choice("posting_points") == 1
    with override("vi"):
        return {
            **_posting(round, village, household),
            **_meeting(round, meeting),
            "heard": _heard(round, village),
            "title": f"{kind.name} – {village.name}, {commune.name}",
            "mark": paper_places.mark(round, village),
            "foot": "" if kind.is_posted else foot,
            "issuer-above": paper_places.commune_committee(commune),
            "issuer": f"Ban Chỉ đạo rà soát {paper_places.commune_name(commune)}",
            "place": commune.name,
            "round": paper_places.round_name(round),
            "village": paper_places.village_name(village),
            "commune": paper_places.commune_name(commune),
            "share": in_force.meeting_share_percent,
            "counts": ", ".join(
                f"{number} {label.lower()}" for label, number in village_papers.counts(rows).items()
            ),
            "rows": [
                {
                    "number": number,
                    "code": row.code,
                    "head_name": row.head_name,
                    "members": row.members or None,
                    "result": _result(row, with_points=with_points),
                    "before": paper_places.class_word(row.before) or "không",
                    "agreed": alone.get(row.household_id, ""),
                    "form": str(SurveyState(row.state).label) if row.state else "",
                }
                for number, row in enumerate(rows, start=1)
            ],
        }


def _meeting(round: ReviewRound, held: VillageMeeting | None) -> dict[str, Any]:
    """A meeting that was recorded, and its day as that of the paper."""
    if held is None:
        return {"meeting": None, "year": round.year}
    day = held.step.acted_on
    return {
        "meeting": minutes_words.meeting_data(held),
        "year": day.year,
        "dated": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
    }


def _result(row: PaperRow, *, with_points: bool) -> str:
    """ "Hộ nghèo", with the points behind it where the province wants them hung out."""
    points = [
        f"{name} {number}"
        for name, number in (("B1", row.b1_points), ("B2", row.b2_points))
        if number is not None
    ]
    told = paper_places.class_word(row.result)
    return f"{told} ({', '.join(points)})" if with_points and points else told


def _posting(round: ReviewRound, village: Area, household: int | None) -> dict[str, Any]:
    """Where and when it hangs out, or blanks to be filled by hand."""
    posting = PublicPosting.objects.filter(
        village_review__round=round, village_review__village=village, household=household
    ).last()
    if posting is None:
        return {"posted-on": _BLANK, "ends-on": _BLANK, "places": "", "read-out": False}
    return {
        "posted-on": f"{posting.posted_on:%d/%m/%Y}",
        "ends-on": f"{posting.ends_on:%d/%m/%Y}",
        "places": posting.places,
        "read-out": posting.is_read_out,
    }


def _heard(round: ReviewRound, village: Area) -> list[dict[str, Any]]:
    """How many of each kind came in, and how many are still open. A denunciation is nobody's in the
    village: it is handed on."""
    kinds = Complaint.objects.filter(round=round, village=village).values_list("kind", "state")
    found = list(kinds)
    return [
        {
            "name": str(kind.label),
            "received": sum(one == kind for one, __ in found),
            "open": sum(one == kind and state in COMPLAINT_IS_OPEN for one, state in found),
        }
        for kind in ComplaintKind
        if kind != ComplaintKind.DENUNCIATION
    ]
