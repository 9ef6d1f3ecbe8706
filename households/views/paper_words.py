"""What stands on each printed paper of a village, in the language of the law: Vietnamese."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from households import clock
from households.choices import Purpose, SurveyState
from households.models import Area, PublicPosting, ReviewRound
from households.queries import terms, village_papers
from households.queries.village_papers import PaperRow
from households.services import list_rules, standards
from households.services.recognition import Drafted
from households.views import paper_places

_BLANK = "…………"


@dataclass(frozen=True)
class Kind:
    """A paper: its template, its name, what it is mostly for, and whose households stand on it.
    `is_posted`: it hangs out in public, so its foot says nothing of who printed it."""

    template: str
    name: Promise
    purpose: Purpose
    rows: Callable[[ReviewRound, Area], list[PaperRow]]
    is_posted: bool = False


KINDS: dict[str, Kind] = {
    "to-review": Kind(
        "to_review",
        gettext_lazy("List of households to review"),
        Purpose.FIELD_WORK,
        village_papers.to_review,
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
}


def data_of(
    kind: Kind, round: ReviewRound, village: Area, rows: list[PaperRow], foot: str
) -> dict[str, Any]:
    """Everything the template prints, as plain values. Some six queries."""
    commune = village.parent
    assert commune is not None
    with override("vi"):
        posted, ends = _posting_days(round, village)
        return {
            "title": f"{kind.name} – {village.name}, {commune.name}",
            "mark": paper_places.mark(round, village),
            "foot": "" if kind.is_posted else foot,
            "issuer-above": paper_places.commune_committee(commune),
            "issuer": f"Ban Chỉ đạo rà soát {paper_places.commune_name(commune)}",
            "place": commune.name,
            "year": round.year,
            "round": paper_places.round_name(round),
            "village": paper_places.village_name(village),
            "commune": paper_places.commune_name(commune),
            "share": terms.in_force(clock.today()).meeting_share_percent,
            "posted-on": posted,
            "ends-on": ends,
            "counts": ", ".join(
                f"{number} {label.lower()}" for label, number in village_papers.counts(rows).items()
            ),
            "rows": [
                {
                    "number": number,
                    "code": row.code,
                    "head_name": row.head_name,
                    "members": row.members or None,
                    "result": paper_places.class_word(row.result),
                    "before": paper_places.class_word(row.before) or "không",
                    "form": str(SurveyState(row.state).label) if row.state else "",
                }
                for number, row in enumerate(rows, start=1)
            ],
        }


_LISTS = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "escaped_poverty": "hộ thoát nghèo",
    "escaped_near_poverty": "hộ thoát cận nghèo",
}


def decision_data(round: ReviewRound, commune: Area, drafted: Drafted, foot: str) -> dict[str, Any]:
    """The draft of a decision under one standard, as plain values. Four queries."""
    with override("vi"):
        counts_from = list_rules.counts_from(drafted.standard, round, clock.today())
        return {
            "title": f"Dự thảo quyết định – {commune.name}",
            "mark": paper_places.mark(round, commune),
            "foot": foot,
            "issuer-above": "",
            "issuer": f"Ủy ban nhân dân {paper_places.commune_name(commune)}",
            "place": commune.name,
            "year": round.year,
            "round": paper_places.round_name(round),
            "commune": paper_places.commune_name(commune),
            "standard": drafted.standard.name_vi[:1].lower() + drafted.standard.name_vi[1:],
            "bases": [
                "Căn cứ Luật Tổ chức chính quyền địa phương;",
                f"Căn cứ {standards.rules_of(drafted.standard).legal_basis};",
                *_BASES,
            ],
            "counts-from": f"{counts_from:%d/%m/%Y}",
            "held": len(drafted.held_back),
            "lists": [
                {
                    "name": _LISTS[key],
                    "members": sum(row.members for row in rows),
                    "rows": [
                        {
                            "head_name": row.head_name,
                            "village": row.village,
                            "members": row.members or None,
                            "before": paper_places.class_word(row.now_class) or "không",
                        }
                        for row in rows
                    ],
                }
                for key, rows in drafted.draft.lists
            ],
        }


#: On what a decision rests; the template's words, to be kept up with the law.
_BASES = (
    "Căn cứ Quyết định số 24/2021/QĐ-TTg ngày 16 tháng 7 năm 2021 của Thủ tướng Chính phủ;",
    "Theo đề nghị của Ban Chỉ đạo rà soát hộ nghèo, hộ cận nghèo.",
)


def _posting_days(round: ReviewRound, village: Area) -> tuple[str, str]:
    """When it hangs out, or blanks to be filled by hand."""
    posting = PublicPosting.objects.filter(
        village_review__round=round, village_review__village=village, household__isnull=True
    ).last()
    if posting is None:
        return _BLANK, _BLANK
    return f"{posting.posted_on:%d/%m/%Y}", f"{posting.ends_on:%d/%m/%Y}"
