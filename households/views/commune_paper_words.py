"""What stands on the papers of a commune: its report and the draft of its decision. Vietnamese, the
language of the law."""

from collections import Counter
from typing import Any

from django.db.models import Count
from django.utils.translation import override

from households import clock, workflow
from households.choices import COMPLAINT_IS_OPEN, ComplaintKind, SurveyState
from households.models import Area, Complaint, ReviewRound, Survey
from households.queries import village_ways
from households.queries.decision_draft import Draft
from households.queries.village_ways import VillageWay
from households.services import commune_steps, list_rules, standards
from households.services.decision_drafts import Drafted
from households.views import paper_places
from households.workflow import Step

_LISTS = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "escaped_poverty": "hộ thoát nghèo",
    "escaped_near_poverty": "hộ thoát cận nghèo",
}


def decision_data(
    round: ReviewRound, commune: Area, drafted: list[Drafted], foot: str
) -> dict[str, Any]:
    """The draft of the commune's one decision: its lists under each standard of the round, as plain
    values. Four queries and one more a standard."""
    with override("vi"):
        legal = [f"Căn cứ {standards.rules_of(one.standard).legal_basis};" for one in drafted]
        return {
            "title": f"Dự thảo quyết định – {commune.name}",
            "mark": paper_places.mark(round, commune),
            "foot": foot,
            "issuer-above": "",
            "issuer": paper_places.commune_committee(commune),
            "place": commune.name,
            "year": round.year,
            "round": paper_places.round_name(round),
            "commune": paper_places.commune_name(commune),
            "bases": ["Căn cứ Luật Tổ chức chính quyền địa phương;", *legal, *_BASES],
            "held": len(drafted[-1].held_back),
            "parts": [_decided(one, round) for one in drafted],
        }


def _decided(one: Drafted, round: ReviewRound) -> dict[str, Any]:
    """The four lists under one standard, and from when they count."""
    counts_from = list_rules.counts_from(one.standard, round, clock.today())
    return {
        "standard": _in_a_sentence(one.standard.name_vi),
        "counts-from": f"{counts_from:%d/%m/%Y}",
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
            for key, rows in one.draft.lists
        ],
    }


def _in_a_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


#: On what a decision rests; the template's words, to be kept up with the law.
_BASES = (
    "Căn cứ Quyết định số 24/2021/QĐ-TTg ngày 16 tháng 7 năm 2021 của Thủ tướng Chính phủ;",
    "Theo đề nghị của Ban Chỉ đạo rà soát hộ nghèo, hộ cận nghèo.",
)


def report_data(
    round: ReviewRound, commune: Area, drafted: list[Drafted], foot: str
) -> dict[str, Any]:
    """The commune's report with figures by village, under each standard of the round. Some fifteen
    queries."""
    ways = [one for one in village_ways.of_commune(round, commune) if one.has_work]
    district = commune_steps.district_asked(round, commune, clock.today())
    about_results = Complaint.objects.exclude(kind=ComplaintKind.DENUNCIATION)
    heard = list(about_results.filter(round=round, commune=commune).values_list("state"))
    with override("vi"):
        return {
            "title": f"Báo cáo kết quả rà soát – {commune.name}",
            "mark": paper_places.mark(round, commune),
            "foot": foot,
            "place": commune.name,
            "year": round.year,
            "round": paper_places.round_name(round),
            "commune": paper_places.commune_name(commune),
            "as-of": f"{clock.today():%d/%m/%Y}",
            "villages": [one.village.name for one in ways],
            "received": len(heard),
            "open": sum(state in COMPLAINT_IS_OPEN for (state,) in heard),
            "held": len(drafted[-1].held_back),
            "parts": [_part(one, round, ways) for one in drafted],
            **_sender(commune, district),
        }


def _part(drafted: Drafted, round: ReviewRound, ways: list[VillageWay]) -> dict[str, Any]:
    """Rows by village: reviewed, then as many as stand on each of the four lists."""
    done = dict(
        Survey.objects.filter(round=round, state=SurveyState.COMPLETE)
        .values_list("village")
        .annotate(number=Count("pk"))
    )
    listed = _by_village(drafted.draft)
    rows = [
        {
            "name": way.village.name,
            "met": _day(way, workflow.MEETING_HELD),
            "posted": _day(way, workflow.POSTED),
            "numbers": [done.get(way.village.pk, 0), *(one[way.village.name] for one in listed)],
        }
        for way in ways
    ]
    columns = zip(*(row["numbers"] for row in rows), strict=True)
    return {
        "standard": _in_a_sentence(drafted.standard.name_vi),
        "rows": rows,
        "totals": [sum(column) for column in columns],
    }


def _by_village(draft: Draft) -> list[Counter[str]]:
    return [Counter(row.village for row in rows) for __, rows in draft.lists]


def _day(way: VillageWay, step: Step) -> str:
    taken = way.last(step.verb)
    return f"{taken.acted_on:%d/%m}" if taken else "……"


def _sender(commune: Area, district: Area | None) -> dict[str, str]:
    """To the district the chair reports; to the chair his steering committee."""
    if district is not None:
        return {
            "issuer-above": "",
            "issuer": paper_places.commune_committee(commune),
            "number": "Số: ……/BC-UBND",
            "letter-number": "Số: ……/TTr-UBND",
            "subject": "xin ý kiến về kết quả rà soát hộ nghèo, hộ cận nghèo",
            "sender": f"Ủy ban nhân dân {paper_places.commune_name(commune)}",
            "addressee": f"Chủ tịch Ủy ban nhân dân {district.name}",
            "proposal": "Chủ tịch Ủy ban nhân dân cấp huyện cho ý kiến để Chủ tịch Ủy ban nhân dân"
            " cấp xã quyết định công nhận danh sách theo quy định.",
            "signer-above": "TM. Ủy ban nhân dân",
            "signer": "Chủ tịch",
        }
    return {
        "issuer-above": paper_places.commune_committee(commune),
        "issuer": f"Ban Chỉ đạo rà soát {paper_places.commune_name(commune)}",
        "number": "Số: ……/BC-BCĐ",
        "letter-number": "Số: ……/TTr-BCĐ",
        "subject": "đề nghị công nhận kết quả rà soát hộ nghèo, hộ cận nghèo",
        "sender": f"Ban Chỉ đạo rà soát {paper_places.commune_name(commune)}",
        "addressee": f"Chủ tịch Ủy ban nhân dân {paper_places.commune_name(commune)}",
        "proposal": "Chủ tịch Ủy ban nhân dân xã quyết định công nhận danh sách theo quy định.",
        "signer-above": "TM. Ban Chỉ đạo",
        "signer": "Trưởng ban",
    }
