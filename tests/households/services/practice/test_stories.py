"""The ten stories say what they mean: the rules come to what each is meant to show."""

import datetime as dt

import pytest

from households.models import Survey, SurveyMember
from households.scoring import score
from households.services.practice import stories
from households.services.practice.stories import Story
from tests.households.scoring.shipped import standard, table_of


def test_there_are_ten_with_codes_of_their_own() -> None:
    assert len({story.code for story in stories.every()}) == 10


@pytest.mark.parametrize("story", stories.every(), ids=lambda story: story.code)
def test_the_rules_come_to_what_the_story_means(story: Story) -> None:
    facts = stories.facts_of(
        story,
        as_of=dt.date(2024, 10, 1),
        settlement=story.village.upper(),
        province_code="00",
    )
    result = score(facts, standard("std_2022"), table_of("std_2022"))
    assert result.poverty_class == story.poverty_class
    assert tuple(found.code for found in result.deprived) == story.deprived
    assert result.unknown == ()


@pytest.mark.parametrize("story", stories.every(), ids=lambda story: story.code)
def test_every_right_answer_is_a_question_of_the_form(story: Story) -> None:
    asked = {field.name for field in Survey._meta.get_fields()}
    asked_of_members = {field.name for field in SurveyMember._meta.get_fields()}
    assert set(story.household) <= asked
    assert all(set(member) <= asked_of_members for member in story.members)
    assert not any("personal_id" in member for member in story.members)


@pytest.mark.parametrize("story", stories.every(), ids=lambda story: story.code)
def test_both_languages_name_every_member_and_the_income(story: Story) -> None:
    for told in (story.told.vi, story.told.en):
        for member in story.members:
            assert member["full_name"] in told
            assert member["birth_date"].strftime("%d/%m/%Y") in told
    income = story.household.get("income_per_capita_month_vnd")
    if income:
        assert f"{income:,}" in story.told.en
        assert f"{income:,}".replace(",", ".") in story.told.vi


def test_the_ten_together_show_every_class_and_every_indicator() -> None:
    assert {s.poverty_class for s in stories.every()} == {
        "POOR", "NEAR_POOR", "AVERAGE", "NOT_POOR",
    }  # fmt: skip
    shown = {code for story in stories.every() for code in story.deprived}
    assert shown == {indicator.code for indicator in standard("std_2022").indicators}
