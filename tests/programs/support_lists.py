"""Families and lists for the tests of support lists."""

import datetime as dt
from typing import Any

from households.choices import PovertyClass, SurveyState
from households.models import Household, Person, Survey, SurveyMember
from programs.models import Programme, SupportList, SupportListRow
from programs.services import list_hand_over, list_rows, support_lists
from programs.services.list_hand_over import SignedPaper
from tests.factories import families, people
from tests.programs.conftest import Land, day

ON, LONG_AGO = day("2024-10-10"), day("2022-01-01")
PAPER = SignedPaper("12/DS-UBND", day("2024-10-12"), "Hoàng Văn Chủ")


def listed_home(
    land: Land,
    *members: Person,
    since: dt.date = LONG_AGO,
    poverty_class: PovertyClass = PovertyClass.POOR,
) -> Household:
    """A household on the list; of one head unless members are given."""
    home = people.household(land.village, *(members or (people.person(),)))
    families.on_list(home, land.decision, since=since, poverty_class=poverty_class)
    return home


def pupil_home(
    land: Land, name: str = "Nông Thị Học", level: str = "primary", wants: Any = ()
) -> Any:
    """A listed household whose second member goes to school, by a complete form."""
    child = people.person(name, birth_date=day("2014-05-01"))
    head = people.person(f"Cha của {name}")
    home = listed_home(land, head, child)
    form = Survey.objects.create(
        round=land.round, household=home, village=land.village, commune=land.commune,
        province_code="06", settlement="RURAL", as_of=land.round.as_of,
        state=SurveyState.COMPLETE, household_size=2, support_wanted=list(wants),
    )  # fmt: skip
    SurveyMember.objects.create(
        survey=form, person=child, member_no=2, full_name=name, relation="child", sex="M",
        birth_date=child.birth_date, attending_level=level,
    )  # fmt: skip
    return home, child


def begun(land: Land, code: str = "loan", on: dt.date = ON) -> SupportList:
    return support_lists.begin(
        programme=Programme.objects.get(code=code), commune=land.commune, listed_on=on,
        receiver_name="Ngân hàng CSXH huyện", by=land.officer,
    )  # fmt: skip


def handed_over(
    land: Land, code: str = "loan", on: dt.date = ON, paper: SignedPaper = PAPER
) -> SupportList:
    """With everybody entitled and not served."""
    found = begun(land, code, on)
    list_rows.put_due(support_list=found, by=land.officer)
    list_hand_over.hand_over(support_list=found, paper=paper, by=land.officer)
    found.refresh_from_db()
    return found


def row_of(found: SupportList, home: Household, person: Person | None = None) -> SupportListRow:
    rows = SupportListRow.objects.filter(support_list=found, household=home)
    return (rows.filter(person=person) if person else rows).get()
