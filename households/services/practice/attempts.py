"""A trainee's own try at a training household: a form like any other, in the practice commune."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from households.choices import SurveyState
from households.errors import Refused
from households.models import HouseholdKey, Survey, User
from households.services import audit, surveys
from households.services.practice import place
from households.services.practice.stories import Story, every, find

#: The source under which a practice household's key names its story and its trainee.
SOURCE = "practice"


@dataclass(frozen=True)
class Attempt:
    """A story with the trainee's form of it; None while he has not begun."""

    story: Story
    survey: Survey | None

    @property
    def is_complete(self) -> bool:
        return self.survey is not None and self.survey.state == SurveyState.COMPLETE


def start(*, story: Story, by: User) -> Survey:
    """The trainee's form of a story: the one he has begun, or a new empty one.

    Everyone has his own, so that nobody finds another's answers. Raises Refused outside of the
    practice area.
    """
    here = place.find()
    if not by.is_practising or here is None:
        raise Refused(_("Enter the practice area first."))
    found = _survey_of(story, by)
    if found is not None:
        return found
    village = here.villages[story.village]
    with transaction.atomic(), audit.act(by=by, verb="practice.start", area=village):
        survey = surveys.start(round=here.round, village=village, by=by)
        HouseholdKey.objects.update_or_create(
            source=SOURCE, key=_key(story, by), defaults={"household": survey.household}
        )
    return survey


def of_user(user: User) -> list[Attempt]:
    """The ten stories with the user's own forms. Two queries."""
    begun = _surveys_of(user)
    return [Attempt(story, begun.get(story.code)) for story in every()]


def story_of(survey: Survey) -> Story | None:
    """The story that a form of the practice area was begun from. One query."""
    key = HouseholdKey.objects.filter(source=SOURCE, household=survey.household_id).first()
    return find(key.key.partition("/")[0]) if key else None


def attempt_of(story: Story, user: User) -> Attempt:
    """The user's own try at one story. Two queries."""
    return Attempt(story, _survey_of(story, user))


def _survey_of(story: Story, user: User) -> Survey | None:
    return _surveys_of(user).get(story.code)


def _surveys_of(user: User) -> dict[str, Survey]:
    """The user's practice forms by the code of their story."""
    wanted = [_key(story, user) for story in every()]
    keys = HouseholdKey.objects.filter(source=SOURCE, key__in=wanted)
    codes = {key.household_id: key.key.partition("/")[0] for key in keys}
    found = Survey.objects.filter(household__in=codes).select_related("round")
    return {codes[survey.household_id]: survey for survey in found}


def _key(story: Story, user: User) -> str:
    return f"{story.code}/{user.pk}"
