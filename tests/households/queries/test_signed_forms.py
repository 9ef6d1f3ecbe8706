"""The signed paper of each form, where the province asks for it."""

import datetime as dt

import pytest

from households.choices import AttachmentKind, Role
from households.errors import Invalid, Refused
from households.models import StepTaken
from households.services import attachments, terms, village_steps
from tests.factories import procedure, reviews, users
from tests.factories.procedure import act
from tests.households.conftest import World

pytestmark = pytest.mark.usefixtures("paper_folder")


def paper_term(world: World, value: str) -> None:
    department = users.user("so", Role.DEPARTMENT, world.province)
    terms.set_term(
        name="form_paper", value=value, valid_from=dt.date(2024, 1, 1), source="Công văn 6",
        by=department,
    )  # fmt: skip


def test_the_officer_states_that_the_signed_forms_are_in_the_file(world: World) -> None:
    paper_term(world, "1")
    reviews.surveyed(world.round, world.village, world.officer)
    way = village_steps.begun(round=world.round, village=world.village)
    with pytest.raises(Invalid) as fault:
        village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    assert list(fault.value.fields) == ["papers_in_file"]
    village_steps.finish_survey(way=way, act=act(10, 1, papers_in_file=True), by=world.officer)
    assert StepTaken.objects.get().papers_in_file


def test_or_each_form_has_its_signed_paper_attached(world: World) -> None:
    paper_term(world, "2")
    survey = reviews.surveyed(world.round, world.village, world.officer)
    way = village_steps.begun(round=world.round, village=world.village)
    with pytest.raises(Refused, match="1 form has no signed paper"):
        village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    attachments.add(
        survey=survey, kind=AttachmentKind.SIGNED_FORM, sources=list(procedure.pages()),
        by=world.officer,
    )  # fmt: skip
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
