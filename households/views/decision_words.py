"""What stands on decisions of a commune: drafts with blanks, and copies of what was signed.
Vietnamese, the language of the law."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import override

from households import clock
from households.choices import PovertyClass
from households.models import Area, HouseholdCard, RecognitionDecision, ReviewRound, StatusPeriod
from households.models.standards import PovertyStandard
from households.queries import decided_lists
from households.queries.decision_draft import Draft
from households.services import list_rules, standards
from households.services.corrections import Change
from households.services.decision_drafts import Drafted
from households.views import paper_places

_LISTS = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "escaped_poverty": "hộ thoát nghèo",
    "escaped_near_poverty": "hộ thoát cận nghèo",
}
_ALL_LISTS = "hộ nghèo, hộ cận nghèo, hộ thoát nghèo, hộ thoát cận nghèo"
#: On what a decision rests; the template's words, to be kept up with the law.
_LAW = "Căn cứ Luật Tổ chức chính quyền địa phương;"
_PROCEDURE = "Căn cứ Quyết định số 24/2021/QĐ-TTg ngày 16 tháng 7 năm 2021 của Thủ tướng Chính phủ;"
_PROPOSED = "Theo đề nghị của Ban Chỉ đạo rà soát hộ nghèo, hộ cận nghèo."
_NO_NUMBER = "……/QĐ-UBND"
_COPY = "In lại từ quyết định đã ghi trong povreg; bản có chữ ký, con dấu lưu tại {office}."


def draft_data(
    round: ReviewRound, commune: Area, drafted: list[Drafted], foot: str, signer_title: str
) -> dict[str, Any]:
    """The draft of the commune's one decision: its lists under each standard of the round, as plain
    values. Four queries and one more a standard."""
    parts = [(one.standard, one.draft) for one in drafted]
    with override("vi"):
        return _blank(round, commune, foot, signer_title) | {
            "title": f"Dự thảo quyết định – {commune.name}",
            **_main(round, commune, [one for one, __ in parts], len(drafted[-1].held_back)),
            "parts": [_part(one, draft, _counts_from(one, round)) for one, draft in parts],
        }


def supplement_data(
    round: ReviewRound,
    commune: Area,
    drafted: list[Drafted],
    *,
    main: Sequence[RecognitionDecision],
    waiting: Sequence[int],
    foot: str,
    signer_title: str,
) -> dict[str, Any]:
    """The draft of a supplement: the lists of those kept back by `main` and settled now. Some six
    queries."""
    parts = [(one.standard, one.draft) for one in drafted]
    with override("vi"):
        return _blank(round, commune, foot, signer_title) | {
            "title": f"Dự thảo quyết định bổ sung – {commune.name}",
            **_supplementary(round, commune, [one for one, __ in parts], main, waiting),
            "parts": [_part(one, draft, _counts_from(one, round)) for one, draft in parts],
            "unlisted": _unlisted(waiting, [draft for __, draft in parts]),
        }


def signed_data(
    decisions: Sequence[RecognitionDecision], main: Sequence[RecognitionDecision], foot: str
) -> dict[str, Any]:
    """A copy of what was signed under one number, one decision for each standard, from what was
    recorded; `main`: those of the round's main decision. Some four queries a standard."""
    last = decisions[-1]
    round, commune = last.round, last.commune
    drafts = [decided_lists.of_decision(one) for one in decisions]
    with override("vi"):
        # The standard's legal texts as they are today are not what stood on the paper.
        about = (
            _supplementary(round, commune, [], main, last.only_about)
            if last.only_about
            else _main(round, commune, [], len(last.left_out))
        )
        return _signed(last, foot) | {
            **about,
            "parts": [
                _part(one.standard, draft, one.effective_from)
                for one, draft in zip(decisions, drafts, strict=True)
            ],
            "unlisted": _unlisted(last.only_about, drafts),
        }


def correction_data(
    round: ReviewRound,
    commune: Area,
    changes: Sequence[Change],
    reason: str,
    *,
    foot: str,
    signer_title: str,
) -> dict[str, Any]:
    """The draft of a correcting decision. Some four queries."""
    cards = HouseholdCard.objects.select_related("village").in_bulk(
        [one.household_id for one in changes]
    )
    with override("vi"):
        return _blank(round, commune, foot, signer_title) | {
            "title": f"Dự thảo quyết định điều chỉnh – {commune.name}",
            **_correcting(round, reason),
            "rows": [
                _corrected(
                    cards[one.household_id], cards[one.household_id].village.name, one.period,
                    one.poverty_class,
                )
                for one in changes
            ],
        }  # fmt: skip


def signed_correction_data(decision: RecognitionDecision, foot: str) -> dict[str, Any]:
    """A copy of a correcting decision, from what it did to the list. Some six queries."""
    rows = decided_lists.corrected(decision)
    villages = decided_lists.villages_of([card.pk for card, __, __ in rows], decision)
    reason = decided_lists.reason_of(decision)
    with override("vi"):
        return _signed(decision, foot) | {
            **_correcting(decision.round, reason),
            "rows": [
                _corrected(card, villages.get(card.pk, ""), ended, _class_of(opened))
                for card, ended, opened in rows
            ],
        }


def _base(round: ReviewRound, commune: Area, foot: str) -> dict[str, Any]:
    return {
        "mark": paper_places.mark(round, commune),
        "foot": foot,
        "issuer-above": "",
        "issuer": paper_places.commune_committee(commune),
        "place": commune.name,
        "round": paper_places.round_name(round),
        "commune": paper_places.commune_name(commune),
        "unlisted": [],
    }


def _blank(round: ReviewRound, commune: Area, foot: str, signer_title: str) -> dict[str, Any]:
    """A draft: number, date and name are written by who signs."""
    year = clock.today().year
    return _base(round, commune, foot) | {
        "year": year,
        "dated": f"ngày …… tháng …… năm {year}",
        "number": _NO_NUMBER,
        "signer": paper_places.signer_lines(signer_title),
        "signed": False,
        "signed-by": "",
        "copy": "",
    }


def _signed(decision: RecognitionDecision, foot: str) -> dict[str, Any]:
    day = decision.decided_on
    commune = decision.commune
    return _base(decision.round, commune, foot) | {
        "title": f"Quyết định số {decision.number} – {commune.name}",
        "year": day.year,
        "dated": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "number": decision.number,
        "signer": (
            paper_places.signer_lines(decision.signer_title) if decision.signer_title else "……"
        ),
        "signed": True,
        "signed-by": decision.decided_by,
        "copy": _COPY.format(office=paper_places.commune_committee(commune)),
    }


def _main(
    round: ReviewRound, commune: Area, kinds: Sequence[PovertyStandard], held: int
) -> dict[str, Any]:
    name, where = paper_places.round_name(round), paper_places.commune_name(commune)
    return {
        "about": f"về việc công nhận {_ALL_LISTS} {name}",
        "bases": _bases(kinds, []),
        "recognises": f"Công nhận kết quả rà soát hộ nghèo, hộ cận nghèo {name} trên địa bàn"
        f" {where}, gồm:",
        "held": held,
    }


def _supplementary(
    round: ReviewRound,
    commune: Area,
    kinds: Sequence[PovertyStandard],
    main: Sequence[RecognitionDecision],
    waiting: Sequence[int],
) -> dict[str, Any]:
    name, where = paper_places.round_name(round), paper_places.commune_name(commune)
    first = _told(main[0], commune)
    return {
        "about": f"về việc công nhận bổ sung {_ALL_LISTS} {name}",
        "bases": _bases(kinds, [f"Căn cứ {first};"]),
        "recognises": f"Công nhận bổ sung kết quả rà soát hộ nghèo, hộ cận nghèo {name} của"
        f" {len(waiting)} hộ trên địa bàn {where} được giữ nguyên hiện trạng tại {first}, nay đã"
        " giải quyết xong khiếu nại, phúc tra, gồm:",
        "held": 0,
    }


def _correcting(round: ReviewRound, reason: str) -> dict[str, Any]:
    return {
        "about": "về việc điều chỉnh danh sách hộ nghèo, hộ cận nghèo "
        f"{paper_places.round_name(round)}",
        "bases": [_LAW, _PROCEDURE, _PROPOSED],
        "reason": reason.strip(),
    }


def _bases(kinds: Sequence[PovertyStandard], more: list[str]) -> list[str]:
    legal = [f"Căn cứ {standards.rules_of(one).legal_basis};" for one in kinds]
    return [_LAW, *legal, _PROCEDURE, *more, _PROPOSED]


def _told(decision: RecognitionDecision, commune: Area) -> str:
    return (
        f"Quyết định số {decision.number} ngày {decision.decided_on:%d/%m/%Y} của Chủ tịch"
        f" {paper_places.commune_committee(commune)}"
    )


def _counts_from(standard: PovertyStandard, round: ReviewRound) -> Any:
    return list_rules.counts_from(standard, round, clock.today())


def _part(standard: PovertyStandard, draft: Draft, counts_from: Any) -> dict[str, Any]:
    """The four lists under one standard, and from when they count."""
    return {
        "standard": paper_places.in_a_sentence(standard.name_vi),
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
            for key, rows in draft.lists
        ],
    }


def _unlisted(households: Sequence[int], drafts: Sequence[Draft]) -> list[dict[str, str]]:
    """Those of a supplement that stand on none of its lists. One query."""
    listed = {row.household_id for draft in drafts for __, rows in draft.lists for row in rows}
    left = [pk for pk in households if pk not in listed]
    cards = HouseholdCard.objects.filter(pk__in=left).select_related("village")
    return [
        {"head_name": card.head_name, "village": card.village.name}
        for card in cards.order_by("village__folded_name", "head_name", "pk")
    ]


def _corrected(
    card: HouseholdCard, village: str, period: StatusPeriod | None, becomes: str | None
) -> dict[str, Any]:
    now = ""
    if period is not None:
        first = period.decision_in
        now = (
            f"{paper_places.class_word(period.poverty_class)} (Quyết định số {first.number}"
            f" ngày {first.decided_on:%d/%m/%Y})"
        )
    return {
        "head_name": card.head_name,
        "village": village,
        "members": card.members or None,
        "before": now or "không có tên",
        "after": paper_places.class_word(becomes or "") or "không có tên",
    }


def _class_of(period: StatusPeriod | None) -> PovertyClass | None:
    return PovertyClass(period.poverty_class) if period else None
