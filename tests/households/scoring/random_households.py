"""Random households that crowd around the borders of the rules, gaps included."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from households.scoring import HouseholdFacts, MemberFacts, PointTable
from households.scoring.facts import HOUSEHOLD_FLAGS, MEMBER_CODES, MEMBER_FLAGS
from tests.households.scoring.shipped import point_table

DAYS = (date(2024, 10, 1), date(2023, 2, 28), date(2023, 3, 1), date(2024, 2, 29), date(2021, 1, 1))
BORDER_AGES = (0, 3, 5, 6, 12, 15, 16, 18, 31, 60, 61)
INCOMES = (700_000, 900_000, 1_000_000, 1_300_000, 1_500_000, 1_950_000, 2_000_000, 2_200_000)
INCOMES += (2_250_000, 2_800_000, 3_000_000)

answers_yes_no = st.sampled_from((True, False, None, True, False))


@st.composite
def birth_dates(draw: st.DrawFn) -> date | None:
    """Around a birthday that matters on one of the days, 29 February, or not known."""
    day = draw(st.sampled_from(DAYS))
    years = draw(st.sampled_from(BORDER_AGES))
    chosen = draw(st.sampled_from(("border", "border", "border", "leap", "cohort", "unknown")))
    if chosen == "unknown":
        return None
    if chosen == "leap":
        return date(draw(st.sampled_from((1964, 1992, 2004, 2008, 2012, 2020))), 2, 29)
    if chosen == "cohort":
        return draw(st.sampled_from((date(1985, 12, 31), date(1986, 1, 1))))
    ordinal = date(day.year - years, day.month, min(day.day, 28)).toordinal()
    return date.fromordinal(ordinal + draw(st.integers(-1, 2)))


def members_of(number: int) -> SearchStrategy[MemberFacts]:
    return st.builds(
        MemberFacts,
        member_no=st.just(number),
        birth_date=birth_dates(),
        **{name: st.sampled_from(("", *codes)) for name, codes in MEMBER_CODES.items()},
        **dict.fromkeys(MEMBER_FLAGS, answers_yes_no),
    )


@st.composite
def form_b_answers(draw: st.DrawFn, table: PointTable) -> dict[str, str]:
    """Mostly complete answers; now and then none, one missing, or a code that does not exist."""
    if draw(st.booleans()):
        return {}
    answers = {
        question.code: draw(st.sampled_from([option.code for option in question.options]))
        for question in table.questions
        if question.is_asked or (question.or_asked and draw(st.booleans()))
    }
    damage = draw(st.sampled_from(("none", "none", "missing", "strange")))
    if damage == "missing":
        del answers[draw(st.sampled_from(sorted(answers)))]
    if damage == "strange":
        answers[draw(st.sampled_from(sorted(answers)))] = "no_such_option"
    return answers


@st.composite
def households(draw: st.DrawFn) -> HouseholdFacts:
    """One household; its roster is complete four times of five."""
    size = draw(st.integers(0, 5))
    members = tuple(draw(members_of(number)) for number in range(1, size + 1))
    announced = draw(st.sampled_from((size, size, size, size, size + 1, None)))
    border_area = max(size, 1) * draw(st.sampled_from((8, 20, 40)))
    area = border_area + Decimal(draw(st.sampled_from(("-0.001", "0", "0.001"))))
    income = draw(st.sampled_from(INCOMES)) + draw(st.integers(-1, 1))
    points = draw(st.sampled_from((None, 119, 120, 121, 140, 141, 150, 151, 175, 176)))
    return HouseholdFacts(
        as_of=draw(st.sampled_from(DAYS)),
        settlement=draw(st.sampled_from(("RURAL", "URBAN"))),
        province_code=draw(st.sampled_from(("06", "19", "01", "96", "99", ""))),
        members=members,
        household_size=announced,
        income_per_capita_month_vnd=draw(st.sampled_from((income, income, None))),
        floor_area_m2=draw(st.sampled_from((area, area, None))),
        b1_answers=draw(form_b_answers(point_table("std_2022_sample"))),
        b1_points_paper=points,
        **{name: draw(answers_yes_no) for name in HOUSEHOLD_FLAGS},
    )
