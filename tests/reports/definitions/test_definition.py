"""Definition files: every one is read, and its columns fit the table it prints."""

import pytest

from households.errors import DomainError
from reports import definitions
from reports.choices import FigureLevel
from reports.contents.content import Kind
from reports.definitions.definition import ReportKind, made
from reports.queries import column_words, questions, tables
from tests.factories import figures


def test_all_reports_of_the_circular_are_there_in_their_order() -> None:
    codes = [code for code in definitions.all_reports() if code[1:].isdigit()]
    assert codes == [f"T{number}" for number in range(1, 16)]
    with pytest.raises(DomainError):
        definitions.named("T99")


@pytest.mark.django_db
def test_a_form_has_every_column_of_its_table_once() -> None:
    world = figures.world()
    question = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.PROVINCE
    )
    for one in definitions.all_reports().values():
        if one.kind != ReportKind.TABLE:
            continue
        keys = tables.TABLES[one.table].columns(question)
        names = {k: w.head for k, w in column_words.of(one.table, question).items()}
        columns = one.columns_for(keys, names)
        found = [column.key for column in columns]
        assert sorted(found) == sorted(set(keys) - set(one.leave_out)), one.code
        assert all(all(column.path) for column in columns), one.code
        assert len({column.path for column in columns}) == len(columns), one.code


def test_what_a_form_leaves_open_is_filled_in_by_the_longest_beginning() -> None:
    found = made(
        {
            "code": "X", "version": 1, "kind": "table", "name": {"vi": "X"}, "title": {"vi": "X"},
            "columns": [
                {"column": "a_…", "path": ["A"], "number": "1.{n}"},
                {"column": "a_b_…", "path": ["AB"], "number": "2.{n}", "kind": "rate"},
                {"column": "a_total", "path": ["A", "Tổng"]},
            ],
        }
    )  # fmt: skip
    columns = found.columns_for(["a_total", "a_x", "a_b_y", "a_z"], {"a_x": "X!", "a_z": "Z!"})
    assert [(c.key, c.path, c.number) for c in columns] == [
        ("a_x", ("A", "X!"), "1.1"),
        ("a_z", ("A", "Z!"), "1.2"),
        ("a_b_y", ("AB", "a_b_y"), "2.1"),
        ("a_total", ("A", "Tổng"), ""),
    ]
    assert columns[2].kind == Kind.RATE


@pytest.mark.parametrize(
    "wrong", [{"colour": "red"}, {"kind": "poem"}, {"name": {"en": "X"}}, {"paper": "A9"}]
)
def test_a_file_that_is_no_definition_is_refused(wrong: dict[str, object]) -> None:
    told = {"code": "X", "version": 1, "kind": "table", "name": {"vi": "X"}, "title": {"vi": "X"}}
    with pytest.raises(ValueError):  # noqa: PT011
        made(told | wrong)
