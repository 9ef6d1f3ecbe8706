"""What becomes of the rows of a list: whom they are about, which ground held, which rule they
break by its name."""

from typing import Any

import pytest

from households.choices import PovertyClass, Role
from households.errors import Conflict, Invalid, Refused
from households.models import Household
from programs.choices import BenefitState
from programs.choices.benefit_lists import ListState
from programs.models import Benefit, BenefitList, HousingCeiling, Programme, ProgrammeTerms
from programs.services import benefits
from programs.services.benefit_checks import Given
from programs.services.benefit_lists import batches
from programs.views.benefit_list_words import reasons
from tests.factories import families, houses, people, users
from tests.programs.conftest import Land, day
from tests.programs.services.benefit_lists.conftest import LOANS, Sends, outcomes, recorded


def faults(listed: BenefitList) -> dict[int, list[str]]:
    return dict(listed.rows.exclude(faults=[]).values_list("line", "faults"))


def test_a_loan_of_the_bank_is_matched_and_recorded_once(
    land: Land, poor: Household, sends: Sends
) -> None:
    lines = (
        "NGÂN HÀNG CHÍNH SÁCH XÃ HỘI", "", LOANS,
        "NÔNG VĂN THỬ,01/05/1980,Xã Bằng Vân,50,10/05/2024,KU01,Hộ nghèo",
        "Tổng cộng,,,50,,,",
    )  # fmt: skip
    listed = sends("loan", *lines)
    assert (listed.failure, listed.state) == ("", ListState.CHECKED)
    assert outcomes(listed) == {4: "NEW"}
    assert not Benefit.objects.exists()
    assert listed.reading["passed_over"] == [[5, "Tổng cộng | 50"]]
    assert recorded(listed).state == ListState.WRITTEN
    made = Benefit.objects.get()
    assert (made.household, made.amount_vnd, made.number) == (poor, 50_000_000, "KU01")
    assert (made.served_on, made.village, made.state) == (
        day("2024-05-10"), land.village, BenefitState.SERVED,
    )  # fmt: skip
    assert made.terms
    assert made.terms.ground == "poor"
    assert made.act_id == listed.written_act
    assert listed.rows.get().benefit == made
    # A retry, a double click, the same file once more: once.
    with pytest.raises(Conflict):
        batches.confirm(listed=listed, by=land.officer)
    assert batches.run(list_id=listed.pk) == ListState.WRITTEN
    assert sends("loan", *lines).pk == listed.pk
    again = sends("loan", *lines, "")
    assert outcomes(again) == {4: "SAME"}
    with pytest.raises(Invalid, match="nothing new"):
        batches.confirm(listed=again, by=land.officer)
    assert Benefit.objects.count() == 1


def test_a_killed_worker_leaves_nothing_half_done(poor: Household, sends: Sends) -> None:
    listed = sends("loan", LOANS, "Nông Văn Thử,01/05/1980,,50,10/05/2024,KU01,")
    batches.confirm(listed=listed, by=listed.sent_by)
    BenefitList.objects.filter(pk=listed.pk).update(state=ListState.WRITING)
    assert batches.run(list_id=listed.pk) == ListState.WRITTEN
    assert Benefit.objects.count() == 1


def test_rules_are_named(land: Land, poor: Household, sends: Sends) -> None:
    near = people.household(land.village, people.person("Lý Văn Cận"))
    families.on_list(
        near, land.decision, since=day("2023-01-01"), poverty_class=PovertyClass.NEAR_POOR
    )
    listed = sends(
        "loan", LOANS,
        "Nông Văn Thử,01/05/1980,,150,10/05/2024,KU01,",  # over the ceiling
        "Nông Văn Thử,01/05/1980,,50,10/05/2025,KU02,",  # still to come, and another year
        "Nông Văn Thử,01/05/1980,,50,31/02/2024,KU03,",
        "Nông Văn Thử,01/05/1980,,1.500,10/05/2024,KU04,",
        "Lý Văn Cận,01/05/1980,,50,10/05/2024,KU05,Hộ nghèo",  # the wrong class
        "Nông Văn Thử,01/05/1980,Xã Khác,50,10/05/2024,KU06,",  # the wrong area
        "Nông Văn Thử,01/05/1980,,50,10/05/2024,KU07,",
        "Nông Văn Thử,01/05/1980,,50,10/05/2024,KU07,",  # the same once more
    )  # fmt: skip
    assert faults(listed) == {
        2: ["OVER_CEILING"], 3: ["FUTURE", "OTHER_YEAR"], 4: ["BAD_DAY"], 5: ["BAD_AMOUNT"],
        6: ["WRONG_CLASS"], 7: ["OTHER_AREA"], 9: ["TWICE"],
    }  # fmt: skip
    assert listed.rows.get(line=5).cells["Số tiền (triệu đồng)"] == "1.500"
    with pytest.raises(Invalid, match="rows in error"):
        batches.confirm(listed=listed, by=land.officer)
    recorded(listed, good_only=True)
    assert [one.number for one in Benefit.objects.all()] == ["KU07"]
    assert listed.rows.filter(outcome="REFUSED").count() == 7


def test_a_household_of_another_area_is_refused(land: Land, poor: Household, sends: Sends) -> None:
    people.household(land.other_village, people.person("Lý Văn Xa", personal_id="006080009999"))
    listed = sends(
        "loan", "Họ tên,Số CCCD,Số tiền,Ngày vay", "Lý Văn Xa,006080009999,5000000,01/03/2024"
    )
    row = listed.rows.get()
    assert (row.outcome, row.faults, row.household) == ("REFUSED", ["OTHER_AREA"], None)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        sends("loan", LOANS, "x,,,,,,", by=stranger)


def test_a_second_house_is_refused(land: Land, poor: Household, sends: Sends) -> None:
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    heads = "Họ tên chủ hộ,Ngày sinh,Kinh phí hỗ trợ,Ngày hoàn thành,Số quyết định"
    first = sends("housing", heads, "Nông Văn Thử,01/05/1980,40000000,01/02/2024,1")
    recorded(first)
    second = sends("housing", heads, "Nông Văn Thử,01/05/1980,40000000,01/05/2024,2")
    assert faults(second) == {2: ["ONCE"]}
    both = sends(
        "housing", heads, "Nông Văn Thử,01/05/1980,40000000,01/06/2024,3",
        "Nông Văn Thử,01/05/1980,40000000,02/06/2024,4",
    )  # fmt: skip
    assert faults(both) == {2: ["ONCE"], 3: ["ONCE"]}


def test_a_house_with_steps_is_not_taken_on_by_a_list(
    land: Land, poor: Household, sends: Sends
) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    houses.listed(land.village, land.officer, poor, held_on=day("2024-01-05"))
    heads = "Họ tên chủ hộ,Ngày sinh,Kinh phí hỗ trợ,Ngày hoàn thành,Số quyết định"
    listed = sends("housing", heads, "Nông Văn Thử,01/05/1980,40000000,01/05/2024,2")
    assert faults(listed) == {2: ["ONCE"]}


def test_the_ceiling_of_a_house_binds_lists_of_the_central_budget(
    land: Land, poor: Household, sends: Sends
) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    lines = (
        "Họ tên chủ hộ,Ngày sinh,Kinh phí hỗ trợ,Ngày hoàn thành,Số quyết định",
        "Nông Văn Thử,01/05/1980,50000000,01/02/2024,1",
    )
    central = sends("housing", *lines, funding="central")
    assert faults(central) == {2: ["OVER_CEILING"]}
    (row,) = central.rows.all()
    (told,) = reasons(central.programme, row)
    assert told.startswith("At most 40,000,000 đồng")
    batches.discard(listed=central, by=land.officer)
    # Forty from the central budget and ten of the province: one sum, of no one line.
    assert outcomes(sends("housing", *lines)) == {2: "NEW"}


def test_who_is_served_without_a_known_ground_is_kept_with_whose_list_it_was(
    land: Land, sends: Sends
) -> None:
    people.household(land.village, people.person("Lý Văn Khá"))
    listed = sends(
        "loan", LOANS, "Lý Văn Khá,01/05/1980,,50,10/05/2024,KU01,Hộ nghèo", number="12/BC"
    )
    assert listed.counts["without_ground"] == 1
    recorded(listed)
    made = Benefit.objects.get()
    assert made.terms is None
    assert made.reason == "From the list of Ngân hàng Chính sách xã hội 12/BC, 30/06/2024."


def test_who_is_meant_is_never_guessed(land: Land, sends: Sends) -> None:
    for __ in range(2):
        people.household(land.village, people.person("Lý Văn Đôi"))
    away = people.household(land.other_village, people.person("Lý Văn Một"))
    here = people.household(land.village, people.person("Lý Văn Một"))
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    listed = sends(
        "loan", "Họ tên,Năm sinh,Thôn,Xã,Số tiền,Ngày vay",
        f"Lý Văn Đôi,01/05/1980,{land.village.name},{land.commune.name},1000000,01/03/2024",
        f"Lý Văn Một,1980,{land.village.name},{land.commune.name},1000000,01/03/2024",
        f"Lý Văn Một,1980,,{land.commune.name},1000000,01/03/2024",
        "Lý Văn Một,01/05/1980,,,1000000,01/03/2024",
        f"Lý Văn Một,01/05/1980,,{land.other_commune.name},2000000,01/03/2024",
        "Người Lạ,1950,,,1000000,01/03/2024",
        area=land.province, by=chief,
    )  # fmt: skip
    rows = {row.line: row for row in listed.rows.all()}
    assert [(row.outcome, row.why_not, row.household) for row in rows.values()] == [
        ("AMBIGUOUS", "SEVERAL", None),
        ("NEW", "", here),
        ("UNMATCHED", "NO_KEY", None),
        ("AMBIGUOUS", "SEVERAL", None),
        ("NEW", "", away),
        ("UNMATCHED", "NO_COMMUNE", None),
    ]
    assert rows[7].name == "Người Lạ"
    assert rows[7].birth_year == 1950


CARDS = "Họ tên,Ngày sinh,Số thẻ,Giá trị từ,Giá trị đến,Đối tượng"


def test_the_insurers_answer_takes_on_what_was_listed(
    land: Land, poor: Household, sends: Sends
) -> None:
    card = benefits.record(
        programme=Programme.objects.get(code="health_card"), household=poor, by=land.officer,
        person=poor.memberships.get(relation="child").person, acted_on=day("2024-01-10"),
        state=BenefitState.LISTED,
    )  # fmt: skip
    listed = sends(
        "health_card", CARDS, "Nông Thị Con,03/02/2010,HN2060001,01/02/2024,31/12/2024,Hộ nghèo",
        listed_on=day("2024-01-31"), sender="BHXH",
    )  # fmt: skip
    assert outcomes(listed) == {2: "STEP"}
    recorded(listed)
    card.refresh_from_db()
    assert (card.state, card.number, card.served_on) == (
        BenefitState.SERVED, "HN2060001", day("2024-01-31"),
    )  # fmt: skip
    assert (card.valid_from, card.valid_to) == (day("2024-02-01"), day("2024-12-31"))


def test_a_card_renewed_under_its_number_is_another_time_served(
    poor: Household, sends: Sends
) -> None:
    row = "Nông Thị Con,03/02/2010,HN2060001,{0},{1},Hộ nghèo"
    first = sends("health_card", CARDS, row.format("01/01/2023", "31/12/2023"))
    recorded(first)
    renewed = sends("health_card", CARDS, row.format("01/01/2024", "31/12/2024"))
    assert outcomes(renewed) == {2: "NEW"}
    recorded(renewed)
    assert Benefit.objects.filter(number="HN2060001").count() == 2
    again = sends("health_card", CARDS, row.format("01/01/2024", "31/12/2024"), "")
    assert outcomes(again) == {2: "SAME"}


def test_persons_outside_are_recorded_by_what_the_list_says(
    land: Land, poor: Household, sends: Sends
) -> None:
    lines = (
        CARDS, "Nông Thị Con,03/02/2010,HN1,01/02/2024,31/12/2024,Hộ nghèo",
        "Bàn Văn Cụ,1940,CC1,01/02/2024,31/12/2024,Người có công",
        "Bàn Văn Cụ,1940,CC1,01/02/2024,31/12/2024,Người có công",
    )  # fmt: skip
    listed = sends("health_card", *lines, takes_outside=True)
    assert outcomes(listed) == {2: "NEW", 3: "OUTSIDE", 4: "REFUSED"}
    recorded(listed, good_only=True)
    made = Benefit.objects.get(household=None)
    assert (made.outside_name, made.outside_birth_year, made.outside_ground, made.commune) == (
        "Bàn Văn Cụ", 1940, "Người có công", land.commune,
    )  # fmt: skip
    again = sends("health_card", *lines, "", takes_outside=True)
    assert outcomes(again) == {2: "SAME", 3: "SAME", 4: "REFUSED"}


def test_months_and_school_years(land: Land, poor: Household, sends: Sends) -> None:
    terms = ProgrammeTerms.objects.get(
        programme__code="study_cost", ground="poor", valid_to=day("2025-09-02")
    )
    terms.who = {"class": ["POOR"]}
    terms.save()
    row = "Nông Thị Con,03/02/2010,{months},{year},{sum},15/05/2024,{level}"
    listed = sends(
        "study_cost", "Họ tên học sinh,Ngày sinh,Số tháng,Năm học,Số tiền,Ngày chi trả,Cấp học",
        row.format(months=9, year="2023-2024", sum="1.350.000", level="THCS"),
        row.format(months="5 tháng", year="", sum="750.001", level=""),
        row.format(months=10, year=2022, sum="", level=""),
        row.format(months=13, year=2021, sum="", level=""),
    )  # fmt: skip
    rows = {one.line: one for one in listed.rows.all()}
    assert (rows[2].outcome, rows[2].school_year, rows[2].months) == ("NEW", 2023, 9)
    assert rows[2].school_level == "lower_secondary"
    assert faults(listed) == {3: ["OVER_CEILING"], 4: ["OVER_MONTHS"], 5: ["BAD_MONTHS"]}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["Ghi chú,Số tiền", "x,1"], "No sheet has headings"),
        ([LOANS], "No row below"),
        (["\x00\x01\x02"], "cannot be read"),
    ],
)
def test_files_that_are_none_fail_with_a_reason(sends: Sends, lines: Any, why: str) -> None:
    listed = sends("loan", *lines)
    assert listed.state == ListState.FAILED
    assert why in listed.failure


def test_what_is_typed_beside_is_checked(sends: Sends) -> None:
    for facts, field in (
        ({"sender": " "}, "sender"), ({"listed_on": day("2024-10-16")}, "listed_on"),
        ({"year": 2025}, "year"), ({"funding": "lottery"}, "funding"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as raised:
            sends("loan", LOANS, **facts)
        assert field in raised.value.fields


HOUSES = "Họ tên chủ hộ,Ngày sinh,Kinh phí hỗ trợ,Ngày hoàn thành,Số quyết định"


def on_the_way(land: Land, home: Household, **given: Any) -> Benefit:
    """A house without steps, decided and not built yet."""
    return benefits.record(
        programme=Programme.objects.get(code="housing"), household=home, by=land.officer,
        acted_on=day("2024-01-10"), state=BenefitState.DECIDED, given=Given(**given), own_way=True,
    )  # fmt: skip


def test_what_a_house_taken_on_keeps_is_held_against_the_ceiling(
    land: Land, poor: Household, sends: Sends
) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    # Of no one line, so nothing bound it; the list says that the money is the central budget's.
    house = on_the_way(land, poor, amount_vnd=50_000_000)
    line = "Nông Văn Thử,01/05/1980,{},01/06/2024,1"
    central = sends("housing", HOUSES, line.format(""), funding="central")
    assert faults(central) == {2: ["HELD_OVER"]}
    batches.discard(listed=central, by=land.officer)
    assert outcomes(sends("housing", HOUSES, line.format(""))) == {2: "STEP"}
    within = sends("housing", HOUSES, line.format("40000000"), funding="central")
    assert outcomes(within) == {2: "STEP"}
    # The money of the house itself is of the central budget, whatever the list is of.
    Benefit.objects.filter(pk=house.pk).update(funding="central", amount_vnd=None)
    local = sends("housing", HOUSES, line.format("50000000"), funding="local")
    assert faults(local) == {2: ["OVER_CEILING"]}
    (row,) = local.rows.all()
    assert reasons(local.programme, row) == ["The amount is over the ceiling."]


def test_a_ceiling_not_confirmed_is_told_and_refuses_nothing(
    land: Land, poor: Household, sends: Sends
) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    HousingCeiling.objects.update(doubt="weak")
    on_the_way(land, poor, amount_vnd=50_000_000)
    line = "Nông Văn Thử,01/05/1980,,01/06/2024,1"
    listed = recorded(sends("housing", HOUSES, line, funding="central"))
    assert outcomes(listed) == {2: "STEP"}
    assert faults(listed) == {2: ["OVER_UNCONFIRMED"]}
    assert listed.counts["warned"] == 1
    assert Benefit.objects.get().state == BenefitState.SERVED
