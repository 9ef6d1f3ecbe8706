"""The small demonstration: its six communes as they are told, and a thinned share of the province
in the others, so that maps, rankings and flows of the province are there from the first start."""

from dataclasses import replace

from django.db import transaction

from households.choices import AreaLevel
from households.models import Area, ReviewRound, User
from households.services.demo import loading, story
from households.services.demo.loading import PROVINCE_CODE, DemoLoaded
from households.services.demo.people import words
from households.services.demo.province import filling
from households.services.demo.province.filling import Size, Tell


def size() -> Size:
    """How thin: some dozen households a commune."""
    told = words("province")["thinned"]
    return Size(share=told["share"], lives=told["lives"])


def load(*, by: User, tell: Tell, thin: Size | None = None, seed: str = "povreg") -> DemoLoaded:
    """Load the small demonstration, then the decided rounds of the communes it leaves empty, in one
    transaction; half a minute. The figures agree with no published ones.

    Raises as demo.loading.load does, and Invalid as filling.fill does.
    """
    with transaction.atomic():
        loading.load(by=by)
        department = User.objects.get(username="so")
        others = replace(thin or size(), without=story.chairs())
        parts = filling.standards_by_code()
        filled = filling.prepare(others, parts, tell, seed=seed)
        for told in story.rounds():
            if not told.decided_on:
                continue
            review = _review(told.year)
            filling.fill(filled, review, told, tell, by=department, signed_by=by)
        filling.say_complete([*story.chairs(), *filled.communes], review, by=by)
    return loading.loaded()


def _review(year: int) -> ReviewRound:
    """The round that the six communes are in."""
    rounds = ReviewRound.objects.filter(year=year, month=None)
    province = Area.objects.filter(level=AreaLevel.PROVINCE, code=PROVINCE_CODE)
    found: ReviewRound = rounds.get(province__in=province)
    return found
