"""What stands on the papers of a commune about its round: the report, and the letter that submits
it. Vietnamese, the language of the law. They say what is recorded, and plainly what is not yet."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.utils.translation import override

from households import clock, workflow
from households.choices import COMPLAINT_IS_OPEN, ComplaintKind, SurveyState, VillageState
from households.models import Area, Complaint, ReviewRound, Survey
from households.queries import village_ways
from households.queries.decision_draft import Draft
from households.queries.village_ways import VillageWay
from households.services import commune_steps
from households.services.area_names import unit_name
from households.services.decision_drafts import Drafted
from households.views import paper_places
from households.workflow import Step

_WAY = [
    VillageState.LISTED,
    VillageState.SURVEYED,
    VillageState.MEETING_HELD,
    VillageState.POSTED,
    VillageState.CLOSED,
]
#: What a village that reached a state has done, and what one that stands in it has not.
_DONE = {
    VillageState.SURVEYED: "rà soát xong",
    VillageState.MEETING_HELD: "họp dân",
    VillageState.POSTED: "niêm yết công khai",
    VillageState.CLOSED: "kết thúc niêm yết",
}
_STANDS = {
    VillageState.LISTED: "chưa rà soát xong",
    VillageState.SURVEYED: "chưa họp dân",
    VillageState.MEETING_HELD: "chưa niêm yết",
    VillageState.POSTED: "chưa kết thúc niêm yết",
}


def report_data(
    round: ReviewRound, commune: Area, drafted: list[Drafted], foot: str, signer_title: str
) -> dict[str, Any]:
    """The commune's report with figures by village, under each standard of the round;
    `signer_title`: as what it is signed, where the chair signs it. Some fifteen queries."""
    ways = [one for one in village_ways.of_commune(round, commune) if one.has_work]
    district = commune_steps.district_asked(round, commune, clock.today())
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
            "process": [*_process(ways), _heard(round, commune)],
            **_rests_on(ways, paper_places.commune_name(commune)),
            "enclosed": _enclosed(ways),
            "held": len(drafted[-1].held_back),
            "parts": [_part(one, round, ways) for one in drafted],
            **_sender(commune, district, signer_title),
        }


def _has_reached(way: VillageWay, state: VillageState) -> bool:
    return _WAY.index(way.state) >= _WAY.index(state)


def _number_at(ways: Sequence[VillageWay], state: VillageState) -> int:
    return sum(_has_reached(way, state) for way in ways)


def _process(ways: Sequence[VillageWay]) -> list[str]:
    """How far the villages are, in sentences: what is not done yet is said as well."""
    if not ways:
        return ["Chưa thôn nào có hộ rà soát."]
    told = ", ".join(_counted(_number_at(ways, one), len(ways), _DONE[one]) for one in _DONE)
    done, total = sum(way.done for way in ways), sum(way.total for way in ways)
    forms = f"Đã rà soát {done}/{total} hộ"
    if done < total:
        forms += f", còn {total - done} hộ chưa rà soát xong"
    sentences = [f"Có {len(ways)} thôn có hộ rà soát: {told}.", f"{forms}."]
    waiting = [way for way in ways if way.state in _STANDS]
    if waiting:
        named = "; ".join(f"{way.village.name} ({_STANDS[way.state]})" for way in waiting)
        sentences += [f"Chưa xong: {named}.", "Số liệu dưới đây là số liệu tạm tính."]
    return sentences


def _counted(number: int, total: int, what: str) -> str:
    """ "3 thôn đã họp dân", "chưa thôn nào họp dân"."""
    if not number:
        return f"chưa thôn nào {what}"
    return f"cả {total} thôn đã {what}" if number == total > 1 else f"{number} thôn đã {what}"


def _heard(round: ReviewRound, commune: Area) -> str:
    """Remarks and complaints; a denunciation is handed on and stands in no report. One query."""
    heard = Complaint.objects.filter(round=round, commune=commune).exclude(
        kind=ComplaintKind.DENUNCIATION
    )
    states = list(heard.values_list("state", flat=True))
    if not states:
        return "Chưa nhận ý kiến, phản ánh, khiếu nại nào."
    left = sum(state in COMPLAINT_IS_OPEN for state in states)
    told = f"còn {left} đang giải quyết" if left else "đã giải quyết xong"
    return f"Nhận {len(states)} ý kiến, phản ánh, khiếu nại; {told}."


def _rests_on(ways: Sequence[VillageWay], commune: str) -> dict[str, str]:
    """On what a letter rests: on all steps only where all are done; else how far they are."""
    if ways and _number_at(ways, VillageState.CLOSED) == len(ways):
        where = f"tại {len(ways)} thôn của {commune}"
        basis = f"Căn cứ kết quả rà soát, họp dân và niêm yết công khai {where},"
        return {"basis": basis, "progress": ""}
    basis = f"Căn cứ kết quả rà soát đến ngày {clock.today():%d/%m/%Y} của {commune},"
    return {"basis": basis, "progress": " ".join(_process(ways)).replace("dưới đây", "trên đây")}


def _enclosed(ways: Sequence[VillageWay]) -> str:
    """The papers that can go with the letter: those of steps that were taken."""
    papers = ["báo cáo kết quả rà soát", "danh sách hộ theo thôn"]
    for state, name in (
        (VillageState.MEETING_HELD, "biên bản họp thôn"),
        (VillageState.POSTED, "biên bản niêm yết"),
        (VillageState.CLOSED, "biên bản kết thúc niêm yết"),
    ):
        if number := _number_at(ways, state):
            papers.append(f"{name} ({number} thôn)")
    return "; ".join(papers) + "."


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
            "met": _day(way, VillageState.MEETING_HELD, workflow.MEETING_HELD),
            "posted": _day(way, VillageState.POSTED, workflow.POSTED),
            "numbers": [done.get(way.village.pk, 0), *(one[way.village.name] for one in listed)],
        }
        for way in ways
    ]
    columns = zip([0] * 5, *(row["numbers"] for row in rows), strict=True)
    return {
        "standard": paper_places.in_a_sentence(drafted.standard.name_vi),
        "rows": rows,
        "totals": [sum(column) for column in columns],
    }


def _by_village(draft: Draft) -> list[Counter[str]]:
    return [Counter(row.village for row in rows) for __, rows in draft.lists]


def _day(way: VillageWay, state: VillageState, step: Step) -> str:
    """When it was done; a village that went back since has it before it again."""
    taken = way.last(step.verb) if _has_reached(way, state) else None
    return f"{taken.acted_on:%d/%m}" if taken else "chưa"


def _sender(commune: Area, district: Area | None, signer_title: str) -> dict[str, str]:
    """To the district the chair reports; to the chair his steering committee."""
    name = paper_places.commune_name(commune)
    if district is not None:
        above = f"Chủ tịch Ủy ban nhân dân {unit_name(district)}"
        return {
            "issuer-above": "",
            "issuer": paper_places.commune_committee(commune),
            "number": "Số: ……/BC-UBND",
            "letter-number": "Số: ……/TTr-UBND",
            "subject": "xin ý kiến về kết quả rà soát hộ nghèo, hộ cận nghèo",
            "sender": f"Ủy ban nhân dân {name}",
            "addressee": above,
            "proposal": f"{above} cho ý kiến để Chủ tịch Ủy ban nhân dân {name} quyết định công"
            " nhận danh sách theo quy định.",
            "signer-above": "TM. Ủy ban nhân dân",
            "signer": paper_places.signer_lines(signer_title),
        }
    return {
        "issuer-above": paper_places.commune_committee(commune),
        "issuer": f"Ban Chỉ đạo rà soát {name}",
        "number": "Số: ……/BC-BCĐ",
        "letter-number": "Số: ……/TTr-BCĐ",
        "subject": "đề nghị công nhận kết quả rà soát hộ nghèo, hộ cận nghèo",
        "sender": f"Ban Chỉ đạo rà soát {name}",
        "addressee": f"Chủ tịch Ủy ban nhân dân {name}",
        "proposal": f"Chủ tịch Ủy ban nhân dân {name} quyết định công nhận danh sách theo quy"
        " định.",
        "signer-above": "TM. Ban Chỉ đạo",
        "signer": "Trưởng ban",
    }
