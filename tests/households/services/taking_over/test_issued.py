"""Certificates of before povreg keep their numbers; the series goes on behind them."""

import datetime as dt
from typing import Any

import pytest

from households.choices import CertificateState, SignerTitle
from households.models import Certificate
from households.services import certificates
from households.services.certificates import Signed
from households.services.imports import undoing
from tests.factories import paper_lists
from tests.households.conftest import TODAY, World
from tests.households.services.taking_over.conftest import Taken, told

HEADINGS = (*paper_lists.HEADINGS, "Số GCN", "Ngày cấp GCN")


def rows(*numbers: Any, day: str = "") -> list[list[Any]]:
    return [[*row, number, day] for row, number in zip(paper_lists.TWO, numbers, strict=False)]


def kept() -> list[tuple[int, int, str]]:
    found = Certificate.objects.order_by("serial")
    return [(one.serial, one.year, str(one.state)) for one in found]


def test_numbers_stay_and_the_series_goes_on(taken: Taken, world: World) -> None:
    assert not taken(rows("0012/2024/GCN-HN.HCN", ""), HEADINGS).errors
    one = Certificate.objects.get()
    assert one.number == "0012/2024/GCN-HN.HCN"
    # No day in the sheet: of the number's year, the day from which the list counts.
    assert (one.issued_on, one.handed_to) == (dt.date(2024, 1, 1), "Lò Thị Mẫu")
    assert (one.signed_by, one.commune) == ("Hoàng Văn Chủ", world.commune)
    signed = Signed(TODAY, "Hoàng Văn Chủ", SignerTitle.CHAIR)
    assert certificates.issue_all(commune=world.commune, signed=signed, by=world.officer) == 1
    assert kept() == [(12, 2024, "IN_FORCE"), (13, 2024, "IN_FORCE")]


def test_the_day_in_the_sheet_says_the_year(taken: Taken) -> None:
    assert not taken(rows("Số: 7", "8", day="05/03/2022"), HEADINGS).errors
    assert kept() == [(7, 2022, "IN_FORCE"), (8, 2022, "IN_FORCE")]


@pytest.mark.parametrize(
    ("numbers", "day", "code"),
    [
        (("chưa có số", ""), "", "certificate_unread"),
        (("12/2021/GCN", ""), "", "certificate_day"),
        (("12/2023/GCN", ""), "05/03/2022", "certificate_day"),
        (("12", ""), "05/03/2031", "certificate_day"),
        (("12/2023/GCN", "0012/2023"), "", "certificate_twice"),
    ],
)
def test_what_cannot_be_is_told(
    taken: Taken, numbers: tuple[str, str], day: str, code: str
) -> None:
    found = told(taken(rows(*numbers, day=day), HEADINGS))
    assert code in {one[2] for one in found}
    assert not Certificate.objects.exists()


def test_a_number_of_another_household_is_refused(taken: Taken) -> None:
    taken(rows("12/2023", ""), HEADINGS)
    later = {"year": 2024, "number": "9/QĐ", "decided_on": dt.date(2024, 10, 1),
             "effective_from": dt.date(2024, 10, 2)}  # fmt: skip
    result = taken(rows("", "12/2023"), HEADINGS, commit=False, **later)
    assert ("certificate_twice") in {one[2] for one in told(result)}


def test_who_goes_off_the_next_list_loses_it_and_undo_gives_it_back(
    taken: Taken, world: World
) -> None:
    taken(rows("12/2023", "13/2023"), HEADINGS)
    later = {"year": 2024, "number": "9/QĐ", "decided_on": dt.date(2024, 10, 1),
             "effective_from": dt.date(2024, 10, 2), "near_poor": 0}  # fmt: skip
    next_one = taken(rows("77/2024"), HEADINGS, **later)
    # Who stays in its class keeps its certificate, told; who escaped has none in force.
    assert "certificate_stays" in {one[2] for one in told(next_one, warnings=True)}
    assert kept() == [(12, 2023, "IN_FORCE"), (13, 2023, "WITHDRAWN")]
    gone = Certificate.objects.get(state=CertificateState.WITHDRAWN)
    assert gone.ended_on == dt.date(2024, 10, 1)
    assert next_one.act_id is not None
    undoing.undo(act_id=next_one.act_id, by=world.officer)
    assert kept() == [(12, 2023, "IN_FORCE"), (13, 2023, "IN_FORCE")]


def test_undo_takes_them_away(taken: Taken, world: World) -> None:
    act = taken(rows("12/2023", "13/2023"), HEADINGS).act_id
    assert act is not None
    undoing.undo(act_id=act, by=world.officer)
    assert kept() == []
