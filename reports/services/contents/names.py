"""Reports that name families: T14 and T15, household by household with their members."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils import translation

from households.choices import AreaLevel, PovertyClass, Relation, Sex
from households.models.people import code_of
from reports.contents.content import CellValue, Content, Line, Sheet
from reports.definitions import ReportDefinition
from reports.queries import name_lists
from reports.queries.name_lists import ListedHousehold, Member, Place
from reports.queries.rows import NOT_ENOUGH
from reports.services.contents.asked import Asked

#: How a household came onto the list, in the words of the form.
_CAME: Final = {
    "from_near_poor": "Từ cận nghèo",
    "from_poor": "Từ nghèo",
    "new_entry": "Mới",
    "other_in": "Tăng khác",
}
_RELAPSED: Final = {
    PovertyClass.POOR.value: "Tái nghèo",
    PovertyClass.NEAR_POOR.value: "Tái cận nghèo",
}
_BEFORE: Final = "Cũ"
#: Where nobody can tell which of the two.
_NEW_OR_RELAPSED: Final = "Mới hoặc tái"
_HISTORY_NOTE: Final = (
    "“Mới hoặc tái”: xã chưa xác nhận danh sách các năm trước là đầy đủ, chưa phân biệt được."
)
_YES: Final = "x"
#: Known of a form alone.
_OF_FORM: Final = ("merit", "minority", "no_labour")
_SUPPORT: Final = "support_"
#: Columns of every member, in the order of _member.
_MEMBER: Final = (
    "member_number", "name", "birth_male", "birth_female", "ethnic", "relation",
)  # fmt: skip


@dataclass(frozen=True)
class _Words:
    """What lines need while they stream, when the language of the form is no longer set."""

    columns: Mapping[str, int]  # their places
    of_member: Sequence[int]  # the places of _MEMBER; -1 of one that the form does not have
    relations: Mapping[str, str]
    no_form: Mapping[str, str]
    relapsed: str
    #: Whether there is a closing to compare with, and where new and relapsed are told apart.
    has_opening: bool
    communes_with_history: frozenset[int]

    def came(self, one: ListedHousehold) -> str | None:
        if one.came is None:
            return _BEFORE if self.has_opening else None
        if one.came in ("relapsed", "new_entry"):
            if one.place.commune not in self.communes_with_history:
                return _NEW_OR_RELAPSED
            return self.relapsed if one.came == "relapsed" else _CAME["new_entry"]
        return _CAME[one.came]


def content(definition: ReportDefinition, asked: Asked) -> Content:
    """Village by village, a line for the head and one for each further member, the sum last. The
    lines stream from the database and are read once. Raises DomainError as Asked.head. One
    statement for the list, a few small ones."""
    with translation.override("vi"):  # the language of the form
        whole = asked.whole
        columns = definition.columns_for([one.column for one in definition.columns], {})
        keys = [column.key for column in columns]
        words = _Words(
            columns={key: at for at, key in enumerate(keys)},
            of_member=[keys.index(key) if key in keys else -1 for key in _MEMBER],
            relations={one.value: str(one.label) for one in Relation},
            no_form=dict.fromkeys(_OF_FORM, str(NOT_ENOUGH)),
            relapsed=_RELAPSED[definition.poverty_class],
            has_opening=whole.opening is not None,
            communes_with_history=frozenset(name_lists.communes_with_whole_history(whole)),
        )
        every = set(whole.decided.communes)
        notes = [str(whole.no_opening)] if not words.has_opening else []
        if words.has_opening and not every <= words.communes_with_history:
            notes.append(_HISTORY_NOTE)
        sheet = Sheet(
            title=definition.title["vi"].format(year=asked.round.year),
            columns=columns,
            names=(),
            paper=definition.paper,
            notes=tuple(notes),
        )
        head = asked.head(definition)
    return Content(head, [(sheet, _lines(definition.poverty_class, asked, words))])


def _lines(poverty_class: str, asked: Asked, words: _Words) -> Iterator[Line]:
    households = persons = 0
    at: Place | None = None
    for one in name_lists.households(asked.whole, poverty_class):
        yield from _headings(at, one.place, asked, words)
        at = one.place
        households += 1
        persons += len(one.members)
        yield _of_household(one, str(households), words)
        for number, member in enumerate(one.members[1:], start=2):
            yield Line("member", "", "", "", tuple(_member(member, number, words)[:-1]))
    told = f"Tổng cộng: {_number(households)} hộ, {_number(persons)} nhân khẩu"
    area = asked.area
    yield _line(
        asked.own_level.value, words, {"name": told}, code=area.code, name=area.name, key=area.pk
    )


def _headings(at: Place | None, place: Place, asked: Asked, words: _Words) -> Iterator[Line]:
    """Of a list of more than a commune each commune has its line, and each village."""
    if asked.area.level != AreaLevel.COMMUNE and (at is None or at.commune != place.commune):
        yield _line(
            "commune", words, {"name": place.commune_name}, code=place.commune_code,
            name=place.commune_name, key=place.commune,
        )  # fmt: skip
    if at is None or (at.commune, at.village) != (place.commune, place.village):
        yield _line(
            "village", words, {"name": place.village_name}, code=place.village_code,
            name=place.village_name, key=place.village,
        )  # fmt: skip


def _of_household(one: ListedHousehold, number: str, words: _Words) -> Line:
    head = one.members[0] if one.members else Member("", "", None, None, "")
    row = _member(head, 1, words)
    cells = {
        "household_number": number,
        "origin": words.came(one),
        "merit": _YES if one.merit else None,
        "minority": _YES if one.is_minority else None,
        "no_labour": _YES if one.no_labour else None,
        **{f"{_SUPPORT}{code}": _YES for code in one.support},
    }
    reasons = {} if one.has_form else words.no_form
    return _line(
        "household", words, cells, number=number, code=code_of(one.household_id), name=head.name,
        key=one.household_id, reasons=reasons, row=row,
    )  # fmt: skip


def _member(member: Member, number: int, words: _Words) -> list[CellValue]:
    """A row with its cells, and one more for what the form has no column for."""
    birth_year = str(member.birth_year) if member.birth_year else None
    row: list[CellValue] = [None] * (len(words.columns) + 1)
    for at, cell in zip(
        words.of_member,
        (
            str(number),
            member.name,
            birth_year if member.sex == Sex.MALE else None,
            birth_year if member.sex == Sex.FEMALE else None,
            member.ethnic_group,
            words.relations.get(member.relation),
        ),
        strict=True,
    ):
        row[at] = cell
    return row


def _line(
    level: str, words: _Words, cells: Mapping[str, CellValue], *, number: str = "", code: str = "",
    name: str = "", key: int | None = None, reasons: Mapping[str, str] | None = None,
    row: list[CellValue] | None = None,
) -> Line:  # fmt: skip
    """`row`: as _member begins it."""
    row = row or [None] * (len(words.columns) + 1)
    for column, cell in cells.items():
        row[words.columns.get(column, -1)] = cell
    return Line(level, number, code, name, tuple(row[:-1]), key, "", reasons or {})


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
