"""A commune of 2026 without a district, from the list it has to the tables of its first autumn,
by one officer: what those can tell, and what they cannot yet."""

import datetime as dt
from pathlib import Path

import pytest
from pytest_django import Settings

from households.choices import (
    ConfirmationPurpose,
    HowIn,
    RequestState,
    Role,
    RoundKind,
    StandardPart,
)
from households.choices.requests import RequestChannel, RequestKind
from households.models import Area, Household, ReviewRound, StatusPeriod, Survey, User
from households.services import (
    commune_steps,
    complete_lists,
    import_files,
    recognition,
    requests,
    rounds,
    status_confirmations,
    surveys,
    village_steps,
)
from households.services.household_acts import moves
from households.services.lists import Paper
from households.services.steps import Act
from households.services.taking_over import take_over
from reports.choices import FigureLevel
from reports.queries import list_changes, questions
from reports.queries.rows import NOT_ENOUGH, Row
from tests.factories import areas, paper_lists, procedure, reviews, users

YEAR = 2026
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}
WELL = {"income_per_capita_month_vnd": 9_000_000}


@pytest.fixture
def commune(db: None, settings: Settings, tmp_path: Path) -> Area:
    """Below its province; it has two villages."""
    settings.POVREG_TODAY = dt.date(YEAR, 12, 20)
    settings.LANGUAGE_CODE = "en"
    settings.MEDIA_ROOT = tmp_path
    reviews.standard()
    reviews.adult()  # the ethnic group of the list
    made = areas.commune(areas.province(code="19", name="Tỉnh Mới"), code="01894", name="Xã Đầu")
    areas.village(made, name="Thôn Hai")
    areas.village(made, name="Thôn Một")
    return made


def started(commune: Area, officer: User, tmp_path: Path) -> tuple[Household, Household]:
    """The list of December with its decision, one poor and one near-poor."""
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(paper_lists.workbook(paper_lists.TWO))
    told = paper_lists.facts(
        commune, number="512/QĐ", year=YEAR - 1, decided_on=dt.date(YEAR - 1, 12, 12),
        effective_from=dt.date(YEAR, 1, 1),
    )  # fmt: skip
    with import_files.readable_list(path) as sheet:
        done = take_over(sheet=sheet, facts=told, commit=True, by=officer, reason="")
    assert not done.errors
    complete_lists.declare(commune=commune, year=YEAR - 1, by=officer)
    poor, near_poor = Household.objects.order_by("pk")
    return poor, near_poor


def opened(kind: RoundKind, day: dt.date, by: User) -> ReviewRound:
    return rounds.open_round(
        province=Area.objects.get(code="19"), kind=kind, year=YEAR, as_of=day, opens_on=day,
        month=day.month if kind == RoundKind.AD_HOC else None,
        standards=[(reviews.standard(), StandardPart.BOTH)], by=by,
    )  # fmt: skip


def decided(round: ReviewRound, villages: list[Area], day: dt.date, number: str, by: User) -> None:
    """The villages' ways and the commune's, without anybody above it, by one account."""

    def act(day: dt.date) -> Act:
        return Act(day, acted_by_name=procedure.HEAD, pages=procedure.pages())

    down = day + dt.timedelta(days=5)
    for village in villages:
        way = village_steps.begun(round=round, village=village)
        village_steps.finish_survey(way=way, act=act(day), by=by)
        village_steps.record_meeting(way=way, meeting=procedure.meeting(), act=act(day), by=by)
        village_steps.post(way=way, places="Nhà văn hóa", is_read_out=True, act=act(day), by=by)
        village_steps.close_posting(way=way, act=act(down), by=by)
    commune = villages[0].parent
    assert commune is not None
    own = commune_steps.begun(round=round, commune=commune)
    commune_steps.close_villages(way=own, act=act(down), by=by)
    signed = procedure.paper()
    paper = Paper(number, down, signed.decided_by, signed.signer_title)
    recognition.recognise(way=own, paper=paper, pages=procedure.pages(), by=by)


def asked_in_january(village: Area, by: User, department: User) -> Survey:
    """Somebody whom the register does not know asks, is reviewed and put on the list."""
    asked = requests.Asked(
        kind=RequestKind.REVIEW, channel=RequestChannel.DESK, received_on=dt.date(YEAR, 1, 8),
        from_name="Hoàng Văn Mới", birth_year=1984,
    )  # fmt: skip
    request = requests.receive(village=village, asked=asked, by=by)
    monthly = opened(RoundKind.AD_HOC, dt.date(YEAR, 1, 15), department)
    draft = requests.pick_up(request=request, round=monthly, by=by)
    form = surveys.save(
        survey=draft, revision=draft.revision, complete=True, by=by,
        values=reviews.WELL_HOUSED | POOR | {
            "asked_for_review": True, "form_a_answers": {}, "form_a_passed": True,
        },
        members=[reviews.adult("Hoàng Văn Mới")],
    )  # fmt: skip
    decided(monthly, [village], dt.date(YEAR, 1, 20), "21/QĐ", by)
    request.refresh_from_db()
    assert request.state == RequestState.ANSWERED
    return form


def of_table(round: ReviewRound, commune: Area) -> Row:
    """T2, households."""
    question = questions.asked(round=round, area=commune, level=FigureLevel.COMMUNE)
    return next(one for one in list_changes.of(question, "POOR") if one.counted == "households")


def test_one_officer_from_the_list_of_december_to_the_tables_of_the_autumn(
    commune: Area, tmp_path: Path
) -> None:
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    department = users.user("so", Role.DEPARTMENT, Area.objects.get(code="19"))
    procedure.confirm_terms(department)
    poor, near_poor = started(commune, officer, tmp_path)
    two, one = Area.objects.filter(parent=commune).order_by("pk")
    form = asked_in_january(one, officer, department)
    came = StatusPeriod.objects.get(household=form.household)
    assert (came.how_in, came.valid_from) == (HowIn.NEW_ENTRY, dt.date(YEAR, 1, 25))
    moves.move(household=near_poor, village=two, happened_on=dt.date(YEAR, 1, 12), by=officer)
    told = status_confirmations.issue(
        household=poor, commune=commune, by=officer,
        asked=status_confirmations.Asked(dt.date(YEAR, 1, 20), ConfirmationPurpose.SCHOOL),
    )  # fmt: skip
    assert told.status == "POOR"

    autumn = opened(RoundKind.PERIODIC, dt.date(YEAR, 9, 1), department)
    reviews.surveyed(autumn, one, officer, household=poor, **WELL)
    reviews.surveyed(autumn, one, officer, household=form.household, **POOR)
    reviews.surveyed(autumn, two, officer, household=near_poor, **POOR)
    decided(autumn, [one, two], dt.date(YEAR, 11, 5), "498/QĐ", officer)

    table = of_table(autumn, commune)
    assert {column: table.figures[column] for column in table.figures} == {
        "opening": 1, "to_near_poor": 0, "to_not_poor": 1, "other_out": 0, "from_near_poor": 1,
        "relapsed": None, "new_entry": None, "other_in": 0, "closing": 2,
    }  # fmt: skip
    assert table.reasons["new_entry"] == str(NOT_ENOUGH)
    # Had the commune the lists since the standard began, the one of January would be new.
    complete_lists.say(commune=commune, year=2021, by=officer)
    table = of_table(autumn, commune)
    assert (table.figures["relapsed"], table.figures["new_entry"]) == (0, 1)
