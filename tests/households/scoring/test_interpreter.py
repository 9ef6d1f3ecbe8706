"""Every worked case comes out as an officer worked it out."""

from dataclasses import replace
from decimal import Decimal

import pytest

from households.scoring import NOTE_PARAMETERS, HouseholdFacts, MemberFacts, Note, Result, score
from tests.households.scoring.shipped import standard, table_of
from tests.households.scoring.worked_cases import WorkedCase, worked_cases

CASES = worked_cases()


def scored(case: WorkedCase) -> Result:
    return score(case.facts, standard(case.standard), table_of(case.standard))


def case_named(beginning: str) -> WorkedCase:
    return next(case for case in CASES if case.name.startswith(beginning))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_worked_case(case: WorkedCase) -> None:
    result = scored(case)
    assert {found.code for found in result.deprived} == case.deprived
    assert {found.code for found in result.unknown} == case.unknown
    assert {name: getattr(result, name) for name in case.expected} == case.expected


def test_there_are_enough_cases_and_no_name_twice() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 75
    assert len(set(names)) == len(names)


def test_every_indicator_of_2022_has_a_case_on_each_side() -> None:
    of_2022 = [case for case in CASES if case.standard == "std_2022"]
    for indicator in standard("std_2022").indicators:
        assert any(indicator.code in case.deprived for case in of_2022)
        assert any(
            case.name.startswith(f"{indicator.code}:") and indicator.code not in case.deprived
            for case in of_2022
        ) or indicator.code in {"water", "toilet"}


def test_the_explanation_names_the_member_and_the_cause() -> None:
    result = scored(case_named("employment: wage work without a contract"))
    values = {"indicator": "employment", "member_no": 1, "because": "wage_without_contract"}
    assert result.deprived[0].causes == (Note("cause_member", values),)
    assert Note("cause_member", values) in result.explanation


def test_the_explanation_names_the_facts_of_the_house() -> None:
    result = scored(case_named("house_quality: wall and column"))
    facts = [note.params["fact"] for note in result.deprived[0].causes]
    assert facts == ["wall_durable", "column_durable"]


def test_the_explanation_counts_the_dependants() -> None:
    result = scored(case_named("dependents: two of three"))
    share, *members = result.deprived[0].causes
    assert (share.code, share.params["counted"], share.params["members"]) == ("cause_share", 2, 3)
    assert [(note.params["member_no"], note.params["because"]) for note in members] == [
        (2, "child"),
        (3, "child"),
    ]


def test_what_is_missing_is_named_with_its_member() -> None:
    result = scored(case_named("nutrition: a child not measured"))
    (unknown,) = result.unknown
    assert [note.params for note in unknown.missing] == [
        {"member_no": 2, "fact": "malnourished_height"},
        {"member_no": 2, "fact": "malnourished_weight"},
    ]


def test_an_open_class_says_which_are_possible_and_what_decides() -> None:
    result = scored(case_named("two deprivations and one unknown"))
    assert result.open_because == (
        Note("class_open", {"possible": ("POOR", "NEAR_POOR"), "indicators": ("info_asset",)}),
    )


def test_an_open_question_is_named() -> None:
    result = scored(case_named("answers: one question open leaves"))
    assert Note("points_question_open", {"question": "car"}) in result.open_because


def test_where_answers_have_a_gap_the_paper_is_said_to_settle_it() -> None:
    result = scored(case_named("answers: one question open, but the signed paper"))
    gap = Note("points_question_open", {"question": "car"})
    paper = Note("points_settled_on_paper", {"b1_points": 139})
    assert result.explanation.index(paper) == result.explanation.index(gap) + 1


def test_a_class_from_sample_points_is_marked() -> None:
    assert scored(case_named("answers: over the line")).rests_on_sample
    assert not scored(case_named("paper points, rural, 140, three")).rests_on_sample
    assert not scored(case_named("rural, at the line, three")).rests_on_sample


def test_paper_and_answers_that_differ_are_shown() -> None:
    case = case_named("answers: with a motorbike")
    facts = replace(case.facts, b1_points_paper=140, b2_points_paper=10, class_paper="POOR")
    result = score(facts, standard("std_2022"), table_of("std_2022"))
    assert [note.params for note in result.paper_differences] == [
        {"what": "b1_points", "paper": 140, "computed": 136},
        {"what": "b2_points", "paper": 10, "computed": 0},
        {"what": "poverty_class", "paper": "POOR", "computed": "NEAR_POOR"},
    ]


def test_paper_that_agrees_is_no_difference() -> None:
    case = case_named("answers: with a motorbike")
    facts = replace(case.facts, b1_points_paper=136, b2_points_paper=0, class_paper="NEAR_POOR")
    assert score(facts, standard("std_2022"), table_of("std_2022")).paper_differences == ()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_line_keeps_the_contract_with_its_wording(case: WorkedCase) -> None:
    result = scored(case)
    notes = [*result.explanation, *result.open_because, *result.paper_differences]
    notes += [note for found in result.indicators for note in (*found.causes, *found.missing)]
    notes += [note for question in result.questions for note in question.missing]
    for note in notes:
        assert set(note.params) == set(NOTE_PARAMETERS[note.code])


def test_a_table_of_another_standard_is_refused() -> None:
    with pytest.raises(ValueError, match="not of standard"):
        score(CASES[0].facts, standard("std_2016"), table_of("std_2022"))


def test_a_binary_fraction_is_refused() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        replace(CASES[0].facts, floor_area_m2=8.1)  # type: ignore[arg-type]


def test_a_household_without_any_answer_is_open_and_says_so() -> None:
    facts = HouseholdFacts(as_of=CASES[0].facts.as_of, settlement="RURAL")
    result = score(facts, standard("std_2022"), None)
    assert result.poverty_class is None
    assert len(result.unknown) == 12
    assert result.open_because == (Note("income_missing", {}),)


def test_scoring_changes_nothing_it_is_given() -> None:
    member = MemberFacts(member_no=1)
    facts = HouseholdFacts(
        as_of=CASES[0].facts.as_of,
        settlement="RURAL",
        members=(member,),
        household_size=1,
        floor_area_m2=Decimal("7.990"),
    )
    assert score(facts, standard("std_2022"), None) == score(facts, standard("std_2022"), None)
