"""Lists taken back, thrown away, read with other columns; rows settled by hand."""

import pytest

from households.errors import Conflict, Refused
from households.models import Household
from programs.choices import BenefitState
from programs.choices.benefit_lists import ListState
from programs.models import Benefit, BenefitList, Programme
from programs.services import benefits
from programs.services.benefit_lists import batches
from tests.factories import users
from tests.programs.conftest import Land, day
from tests.programs.services.benefit_lists.conftest import LOANS, Sends, outcomes, recorded

ROW = "Nông Văn Thử,01/05/1980,,50,10/05/2024,KU01,"


def undone(listed: BenefitList) -> BenefitList:
    batches.ask_to_undo(listed=listed, by=listed.sent_by)
    batches.run(list_id=listed.pk)
    listed.refresh_from_db()
    return listed


def test_a_list_is_taken_back_whole(land: Land, poor: Household, sends: Sends) -> None:
    wished = benefits.record(
        programme=Programme.objects.get(code="loan"), household=poor, by=land.officer,
        acted_on=day("2024-01-10"), state=BenefitState.WISHED,
    )  # fmt: skip
    before = Benefit.objects.filter(pk=wished.pk).values().get()
    listed = recorded(sends("loan", LOANS, ROW, ROW.replace("KU01", "KU02")))
    assert outcomes(listed) == {2: "STEP", 3: "NEW"}
    assert Benefit.objects.count() == 2
    assert undone(listed).state == ListState.UNDONE
    assert list(Benefit.objects.values()) == [before]
    # The same file may come again then.
    assert sends("loan", LOANS, ROW, ROW.replace("KU01", "KU02")).pk != listed.pk


def test_what_was_changed_since_keeps_a_list(poor: Household, sends: Sends) -> None:
    listed = recorded(sends("loan", LOANS, ROW))
    benefits.advance(
        benefit=Benefit.objects.get(), state=BenefitState.CLOSED, by=listed.sent_by,
        acted_on=day("2024-10-01"),
    )  # fmt: skip
    undone(listed)
    assert listed.state == ListState.WRITTEN
    assert "changed since" in listed.failure
    assert Benefit.objects.count() == 1


def test_only_who_sent_it_acts(land: Land, poor: Household, sends: Sends) -> None:
    listed = sends("loan", LOANS, ROW)
    other = users.user("other", "COMMUNE_OFFICER", land.commune)  # type: ignore[arg-type]
    for act in (batches.confirm, batches.discard, batches.check_again):
        with pytest.raises(Refused, match="Only who sent"):
            act(listed=listed, by=other)
    batches.discard(listed=listed, by=land.officer)
    listed.refresh_from_db()
    assert (listed.state, listed.rows.count()) == (ListState.DISCARDED, 0)
    with pytest.raises(Conflict):
        batches.confirm(listed=listed, by=land.officer)


def test_a_lost_message_is_fired_again(poor: Household, sends: Sends) -> None:
    listed = sends("loan", LOANS, ROW)
    BenefitList.objects.filter(pk=listed.pk).update(
        state=ListState.READING, changed_at="2024-01-01T00:00Z"
    )
    assert batches.sweep() == 1
    assert batches.sweep() in (0, 1)
    assert batches.rows_read(listed) == 1
