"""Which line is the same one in another edition."""

from reports.contents.content import Column, Kind, Line, Paper, Sheet
from reports.contents.identity import LineKey, identified

NAMES = Sheet(
    "Danh sách",
    (Column("member_number", (), kind=Kind.TEXT), Column("name", (), kind=Kind.TEXT),
     Column("birth_male", (), kind=Kind.TEXT), Column("birth_female", (), kind=Kind.TEXT)),
    (), Paper.A3,
)  # fmt: skip
ENTRIES = Sheet("Kết quả", (Column("number", ()),), ("STT", "Nội dung"))


def household(key: int, name: str) -> Line:
    return Line("household", "1", f"H{key}", name, ("1", name, "1970", None), key)


def member(number: str, name: str, born: str) -> Line:
    return Line("member", "", "", "", (number, name, None, born))


def keys(sheet: Sheet, *lines: Line) -> list[LineKey]:
    (found,) = [list(own) for __, own in identified([(sheet, lines)])]
    assert list(found) == list(found)
    return [line.is_of for line in found]


def test_a_household_is_not_the_unit_of_the_same_number() -> None:
    unit = Line("village", "", "01", "Thôn", (None,) * 4, 7)
    assert len(set(keys(NAMES, unit, household(7, "Hoàng Văn A")))) == 2


def test_a_member_is_told_by_household_name_and_birth_wherever_it_stands() -> None:
    twins = member("2", "Hoàng Thị B", "1990")
    first = keys(NAMES, household(1, "A"), twins, twins, household(2, "C"), twins)
    assert len(set(first)) == 5
    later = member("3", "Hoàng Thị B", "1990")
    assert keys(NAMES, household(1, "A"), later)[1] == first[1]


def test_an_entry_is_told_by_its_code_or_else_its_name_and_not_by_its_place() -> None:
    loans, cards = (Line("entry", "1", "", name, (3,)) for name in ("Vay vốn", "Thẻ BHYT"))
    again = Line("entry", "2", "", "Vay vốn", (4,))
    first = keys(ENTRIES, loans, cards)
    assert keys(ENTRIES, cards, again)[1] == first[0]
    assert len(set(keys(ENTRIES, loans, again))) == 2
    coded = [Line("entry", "1", "toilet", name, (1,)) for name in ("Nhà vệ sinh", "Nhà tiêu")]
    assert keys(ENTRIES, coded[0]) == keys(ENTRIES, coded[1])


def test_the_same_line_of_another_sheet_is_another_one() -> None:
    unit = Line("commune", "1", "02008", "Xã", (1,), 5)
    first, second = (list(own) for __, own in identified([(ENTRIES, [unit]), (ENTRIES, [unit])]))
    assert first[0].is_of != second[0].is_of
    assert first[0].cells == unit.cells
