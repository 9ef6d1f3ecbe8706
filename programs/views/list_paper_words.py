"""What stands on a printed list, in the language of the law: Vietnamese. Callers hold the
language."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import override

from households import clock
from households.templatetags.povreg import number
from households.views import paper_places
from programs.choices import ProgrammeKind
from programs.choices.support_lists import LoanPurpose
from programs.exchange.list_sheet import born
from programs.models import SupportList
from programs.queries import support_lists
from programs.queries.support_lists import Listed
from programs.workflow.support_lists import SCHOOLING, school_year_words

_NAMES = {
    ProgrammeKind.LOAN: "Danh sách hộ đề nghị vay vốn",
    ProgrammeKind.HEALTH_CARD: "Danh sách đề nghị cấp thẻ bảo hiểm y tế",
    ProgrammeKind.TUITION: "Danh sách đề nghị miễn, giảm học phí",
    ProgrammeKind.STUDY_COST: "Danh sách đề nghị hỗ trợ chi phí học tập",
}
_DETAILS = {
    ProgrammeKind.LOAN: "Đề nghị",
    ProgrammeKind.HEALTH_CARD: "Mức hỗ trợ",
    ProgrammeKind.TUITION: "Cấp học, mức miễn, giảm",
    ProgrammeKind.STUDY_COST: "Cấp học, số tháng",
}


def for_receiver(
    found: SupportList, rows: Sequence[Listed], *, with_numbers: bool, foot: str
) -> dict[str, Any]:
    """Every row; full personal numbers only `with_numbers`."""
    kind = ProgrammeKind(found.programme.kind)
    with override("vi"):
        return {
            **_head(found, foot),
            "letter-number": f"Số: {found.paper_number}" if found.paper_number else
            "Số: ……/DS-UBND",
            "receiver": found.receiver_name,
            "detail-head": _DETAILS[kind],
            "with-numbers": with_numbers,
            "with-amounts": any(one.row.amount_vnd is not None for one in rows),
            "totals": _totals(found, rows),
            "signed-by": found.signed_by,
            "rows": [
                {
                    "number": one.number,
                    "code": one.code,
                    "name": one.name,
                    "born": born(one.person),
                    "personal": (one.person.personal_id or "")
                    if with_numbers and one.person
                    else "",
                    "village": one.row.village.name,
                    "entitled-as": one.row.terms.name_vi,
                    "detail": _detail(kind, one),
                    "amount": number(one.row.amount_vnd),
                }
                for one in rows
            ],
        }  # fmt: skip


def posted(found: SupportList, rows: Sequence[Listed]) -> dict[str, Any]:
    """A row for each household: its head, village and how many of it are on the list. No ground:
    some tell of health or merit."""
    is_person = found.programme.recipient == "PERSON"
    counts = Counter(one.row.household_id for one in rows)
    first: dict[int, Listed] = {}
    for one in rows:
        first.setdefault(one.row.household_id, one)
    in_order = sorted(first.values(), key=lambda one: (one.row.village.folded_name, one.code))
    with override("vi"):
        return {
            **_head(found, ""),
            "count-head": "Số người được đề nghị" if is_person else "Số hộ",
            "totals": f"Tổng số: {number(len(counts))} hộ, {number(len(rows))} lượt đề nghị.",
            "rows": [
                {
                    "number": at,
                    "name": one.head_name,
                    "village": one.row.village.name,
                    "count": counts[one.row.household_id],
                }
                for at, one in enumerate(in_order, start=1)
            ],
        }


def _head(found: SupportList, foot: str) -> dict[str, Any]:
    kind = ProgrammeKind(found.programme.kind)
    day = found.handed_over_on or clock.today()
    year = found.school_year
    return {
        "title": f"{_NAMES[kind]} – {found.commune.name}",
        "mark": paper_places.mark_of(found.commune),
        "foot": foot,
        "issuer-above": "",
        "issuer": paper_places.commune_committee(found.commune),
        "place": found.commune.name,
        "year": day.year,
        "dated": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}" if found.handed_over_on else
        f"ngày …… tháng …… năm {day.year}",
        "name": _NAMES[kind],
        "below": f"{found.programme.name_vi}; năm học {school_year_words(year)}"
        if year is not None
        else f"{found.programme.name_vi}; xét điều kiện ngày {found.listed_on:%d/%m/%Y}",
    }  # fmt: skip


def _detail(kind: ProgrammeKind, one: Listed) -> str:
    row, terms = one.row, one.row.terms
    share = f"{number(terms.share_percent)}%" if terms.share_percent is not None else ""
    if kind == ProgrammeKind.HEALTH_CARD:
        return share
    if kind in SCHOOLING:
        level = str(row.get_school_level_display())
        months = f"{row.months} tháng" if row.months else ""
        return ", ".join(part for part in (level, share or months) if part)
    purpose = str(LoanPurpose(row.purpose).label) if row.purpose else ""
    months = f"{row.loan_months} tháng" if row.loan_months else ""
    return ", ".join(part for part in (purpose, months, row.savings_group) if part)


def _totals(found: SupportList, rows: Sequence[Listed]) -> str:
    """Times listed and distinct households are two numbers with two names; pupils by level."""
    households = len({one.row.household_id for one in rows})
    amount = sum(one.row.amount_vnd or 0 for one in rows)
    parts = [f"Tổng số: {number(len(rows))} lượt, của {number(households)} hộ"]
    if amount:
        parts.append(f"số tiền {number(amount)} đồng")
    told = ", ".join(parts) + "."
    by_level = [
        f"{one.label or 'Chưa rõ cấp học'}: {number(one.rows)} lượt"
        + (f", {number(one.amount_vnd)} đồng" if one.amount_vnd else "")
        for one in support_lists.levels(found)
    ]
    return f"{told} Trong đó: {'; '.join(by_level)}." if by_level else told
