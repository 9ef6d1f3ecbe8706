"""Loading the demonstration of a whole province: the rounds of three years for all its communes."""

from django.db import transaction

from households.choices import AreaLevel, RoundKind, StandardPart
from households.errors import Refused
from households.models import Area, ReviewRound, User
from households.services import rounds
from households.services.demo import loading, story
from households.services.demo.loading import PROVINCE_CODE, DemoLoaded
from households.services.demo.province import filling
from households.services.demo.province.filling import Parts, Size, Tell
from households.services.demo.province.targets import NEW_STANDARD, OLD_STANDARD, YEARS
from households.services.demo.story import RoundStory


def load(*, by: User, tell: Tell, size: Size | None = None, seed: str = "povreg") -> DemoLoaded:
    """Fill an empty database with an invented province, in one transaction; some minutes.

    Raises as demo.loading.load does, and Invalid where the classes that the rules give do not come
    to the figures.
    """
    if reason := loading.why_not_load(by):
        raise Refused(reason)
    with transaction.atomic():
        users = loading.begin(by=by)
        parts = filling.standards_by_code()
        filled = filling.prepare(size or Size(), parts, tell, seed=seed)
        for told in story.rounds():
            review = _open(told, parts, by=users["so"])
            filling.fill(filled, review, told, tell, by=users["so"], signed_by=by)
        filling.say_complete(filled.communes, review, by=by)
        loading.leave_a_draft(review, by=users["rasoatvien"])
    return loading.loaded()


def _open(told: RoundStory, parts: Parts, *, by: User) -> ReviewRound:
    """A round with every resident household in it; the first one under two standards."""
    province = Area.objects.on(told.as_of).get(level=AreaLevel.PROVINCE, code=PROVINCE_CODE)
    scored = [(parts[NEW_STANDARD], StandardPart.BOTH)]
    if told.year == YEARS[0]:
        scored = [
            (parts[OLD_STANDARD], StandardPart.CLOSING),
            (parts[NEW_STANDARD], StandardPart.OPENING),
        ]
    return rounds.open_round(
        province=province,
        kind=RoundKind.PERIODIC,
        year=told.year,
        as_of=told.as_of,
        standards=scored,
        covers_all_residents=True,
        by=by,
    )
