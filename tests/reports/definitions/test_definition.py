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


def test_the_same_number_has_the_same_name_in_every_table() -> None:
    same = [
        ("poor_households", {"T1": "poor_households", "T2": "closing", "T4": "households",
                             "T5": "households", "T8": "poor_total", "T9": "poor_total",
                             "T12": "poor_households"}),
        ("near_poor_households", {"T1": "near_poor_households", "T3": "closing",
                                  "T6": "households", "T7": "households", "T8": "near_poor_total",
                                  "T9": "near_poor_total", "T13": "near_poor_households"}),
        ("poor_minority_households", {"T8": "poor_ethnic_minority", "T9": "poor_minority",
                                      "T12": "poor_minority_households"}),
        ("poor_no_labour_households", {"T8": "poor_no_labour", "T12": "poor_no_labour_households"}),
        ("near_poor_kinh_households", {"T9": "near_poor_kinh", "T13": "near_poor_kinh_households"}),
        ("poor_to_near_poor_households", {"T2": "to_near_poor", "T3": "from_poor"}),
        ("resident_households", {"T1": "resident_households", "T12": "resident_households",
                                 "T13": "resident_households"}),
        ("poor_lacking_water", {"T4": "water", "T5": "water"}),
    ]  # fmt: skip
    for name, columns in same:
        for report, column in columns.items():
            found = definitions.named(report).measure_of(column, "households")
            assert found == name, report
    persons = definitions.named("T2").measure_of("closing", "persons")
    assert persons == definitions.named("T1").measure_of("poor_persons") == "poor_persons"
    # Who leaves counts as many persons as he had, who comes as many as he has.
    left = definitions.named("T2").measure_of("to_near_poor", "persons")
    assert left != definitions.named("T3").measure_of("from_poor", "persons")


def test_openings_are_the_closings_of_the_round_before() -> None:
    assert definitions.named("T3").carried_measures() == {
        "near_poor_opening_households": "near_poor_households",
        "near_poor_opening_persons": "near_poor_persons",
    }
    assert definitions.named("TX").carried_measures()["TX_poor_before"] == "TX_poor_after"
    assert definitions.named("T1").carried_measures() == {}
