"""Who takes part: entitled households with their benefit, others without, refused ones with why."""

import pytest
from pytest_django import Settings

from households.choices import PovertyClass, Role
from households.errors import Conflict, Invalid, Refused
from households.models import Household
from programs.choices import BenefitState
from programs.choices.projects import ParticipantStanding as S
from programs.models import Benefit, Programme, Project, ProjectParticipant
from programs.queries import project_progress, standing
from programs.services import benefits, project_participants, projects
from tests.factories import families, people, users
from tests.factories import projects as make
from tests.programs.conftest import Land, day

TODAY = day("2024-08-21")
JOINED = day("2024-06-15")


@pytest.fixture
def made(settings: Settings, land: Land) -> Project:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"
    make.loaded()
    return make.project(land.commune, land.officer, outside_households=1)


def listed(land: Land, poverty_class: PovertyClass = PovertyClass.POOR) -> Household:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2024-01-01"), poverty_class=poverty_class)
    return home


def joined(land: Land, made: Project, *homes: Household) -> project_participants.Joined:
    return project_participants.join(
        project=made, households=homes, joined_on=JOINED, by=land.officer
    )


def approved(land: Land, made: Project) -> None:
    projects.approve(
        project=made, committed_vnd=800_000_000, committed_on=day("2024-06-20"),
        decision_number="12/QĐ", by=land.officer,
    )  # fmt: skip


def test_entitled_households_are_taken_in_and_others_refused_with_the_reason(
    land: Land, made: Project
) -> None:
    poor, near = listed(land), listed(land, PovertyClass.NEAR_POOR)
    better_off = people.household(land.village, people.person())
    done = joined(land, made, poor, near, better_off)
    assert [one.household for one in done.taken] == [poor, near]
    (refused,) = done.refused
    assert (refused.household, refused.standing, refused.benefit) == (better_off, S.REFUSED, None)
    assert "No ground of the programme" in refused.reason
    grounds = {b.household_id: (b.state, b.terms and b.terms.ground) for b in Benefit.objects.all()}
    assert grounds == {
        poor.pk: (BenefitState.LISTED, "poor"), near.pk: (BenefitState.LISTED, "near_poor"),
    }  # fmt: skip


def test_the_share_counts_everybody_who_takes_part(land: Land, made: Project) -> None:
    joined(land, made, listed(land), listed(land), people.household(land.village, people.person()))
    skilled = people.household(land.village, people.person("Nông Văn Giỏi"))
    project_participants.join_others(
        project=made, households=[skilled], joined_on=JOINED, by=land.officer
    )
    found = project_progress.of_project(made, TODAY)
    # Two entitled, one skilled neighbour, one outside the register; the refused one is nobody.
    assert (found.target, found.others, found.target_percent) == (2, 2, 50)
    assert project_progress.of_project(made, day("2024-06-14")).target == 0


def test_who_was_refused_joins_with_his_own_means(land: Land, made: Project) -> None:
    home = people.household(land.village, people.person())
    joined(land, made, home)
    facts = {"project": made, "joined_on": JOINED, "by": land.officer}
    project_participants.join_others(households=[home], **facts)
    assert ProjectParticipant.objects.get().standing == S.OTHER
    with pytest.raises(Conflict, match="stands in this project already"):
        project_participants.join_others(households=[home], **facts)


def test_one_project_at_a_time(land: Land, made: Project) -> None:
    poor = listed(land)
    joined(land, made, poor)
    approved(land, made)
    project_participants.receive(
        project=made, received_on=day("2024-07-01"), amount_vnd=20_000_000, funding="central",
        by=land.officer,
    )  # fmt: skip
    second = make.project(land.commune, land.officer, name="Nuôi trâu")
    done = project_participants.join(
        project=second, households=[poor], joined_on=day("2024-08-01"), by=land.officer
    )
    assert [one.reason for one in done.refused] == [
        "It takes part in another project that is not ended."
    ]


def test_the_inputs_serve_the_household(land: Land, made: Project) -> None:
    poor = listed(land)
    joined(land, made, poor)
    programme = Programme.objects.get(code="livelihood")
    (before,) = standing.entitled(programme, TODAY, households=[poor.pk])
    assert before.served_by is None
    facts = {
        "project": made, "received_on": day("2024-07-01"), "amount_vnd": 20_000_000,
        "funding": "central", "by": land.officer,
    }  # fmt: skip
    with pytest.raises(Invalid, match="after the decision"):
        project_participants.receive(**facts)  # type: ignore[arg-type]
    approved(land, made)
    with pytest.raises(Invalid, match="more than the approved 800,000,000 đồng"):
        project_participants.receive(**facts | {"amount_vnd": 800_000_001})  # type: ignore[arg-type]
    assert project_participants.receive(**facts) == 1  # type: ignore[arg-type]
    benefit = Benefit.objects.get()
    assert (benefit.state, benefit.served_on, benefit.amount_vnd, benefit.number) == (
        BenefitState.SERVED, day("2024-07-01"), 20_000_000, "12/QĐ",
    )  # fmt: skip
    (after,) = standing.entitled(programme, TODAY, households=[poor.pk])
    assert after.served_by == benefit.pk
    with pytest.raises(Invalid, match="No household is on the list"):
        project_participants.receive(**facts)  # type: ignore[arg-type]


def test_who_leaves_before_the_inputs_gets_nothing_and_may_come_back(
    land: Land, made: Project
) -> None:
    poor = listed(land)
    (part,) = joined(land, made, poor).taken
    with pytest.raises(Invalid, match="Write why"):
        project_participants.leave(participant=part, reason="", left_on=TODAY, by=land.officer)
    project_participants.leave(
        participant=part, reason="Đi làm xa", left_on=day("2024-07-01"), by=land.officer
    )
    part.refresh_from_db()
    assert (part.standing, Benefit.objects.get().state) == (S.LEFT, BenefitState.REFUSED)
    with pytest.raises(Invalid, match="does not take part"):
        project_participants.leave(participant=part, reason="x", left_on=TODAY, by=land.officer)
    again = project_participants.join(
        project=made, households=[poor], joined_on=TODAY, by=land.officer
    )
    assert [one.standing for one in again.taken] == [S.TARGET]


def test_whose_benefit_was_a_mistake_takes_no_part_and_may_come_back(
    land: Land, made: Project
) -> None:
    poor = listed(land)
    (part,) = joined(land, made, poor).taken
    assert part.benefit
    with pytest.raises(Invalid, match="goes on with the project"):
        benefits.cancel(benefit=part.benefit, by=land.officer, reason="Nhập nhầm hộ")
    project_participants.take_back(participant=part, by=land.officer, reason="Nhập nhầm hộ")
    assert project_progress.of_project(made, TODAY).target == 0
    assert len(joined(land, made, poor).taken) == 1
    assert project_progress.of_project(made, TODAY).target == 1


def test_who_left_with_his_part_gets_no_second_one(land: Land, made: Project) -> None:
    poor = listed(land)
    (part,) = joined(land, made, poor).taken
    approved(land, made)
    facts = {"received_on": day("2024-07-01"), "amount_vnd": 10_000_000, "funding": "central"}
    assert project_participants.receive(project=made, by=land.officer, **facts) == 1
    part.refresh_from_db()
    project_participants.leave(participant=part, reason="x", left_on=TODAY, by=land.officer)
    again = project_participants.join(
        project=made, households=[poor], joined_on=TODAY, by=land.officer
    )
    assert (again.taken, again.refused) == ([], [])
    with pytest.raises(Invalid, match="paid already"):
        projects.approve(
            project=made, committed_vnd=9_000_000, committed_on=day("2024-06-20"),
            decision_number="13/QĐ", by=land.officer,
        )  # fmt: skip


def test_a_household_waits_for_inputs_in_one_project_only(land: Land, made: Project) -> None:
    poor = listed(land)
    other = make.project(land.commune, land.officer, name="Gừng")
    assert len(joined(land, made, poor).taken) == 1
    (refused,) = joined(land, other, poor).refused
    assert "another project" in refused.reason


def test_who_takes_part_with_his_own_means_is_not_turned_away(land: Land, made: Project) -> None:
    skilled = people.household(land.village, people.person())
    project_participants.join_others(
        project=made, households=[skilled], joined_on=JOINED, by=land.officer
    )
    assert joined(land, made, skilled).refused == []
    assert ProjectParticipant.objects.get().standing == S.OTHER


def test_who_has_no_right_there_takes_nobody_in(land: Land, made: Project) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        project_participants.join(
            project=made, households=[listed(land)], joined_on=JOINED, by=stranger
        )
    with pytest.raises(Invalid, match="still to come"):
        project_participants.join(
            project=made, households=[], joined_on=day("2024-08-22"), by=land.officer
        )
