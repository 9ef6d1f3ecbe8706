"""Results of a round drawn by a seed and written straight into the table, for figures."""

import datetime as dt
import random
from collections.abc import Sequence

from households.choices import PovertyClass, Settlement
from households.models import Area, Assessment, Household, PovertyStandard, ReviewRound, Survey
from households.services import marks

_CLASSES = [*PovertyClass.values, None]


def results(
    round: ReviewRound,
    standard: PovertyStandard,
    villages: Sequence[Area],
    count: int,
    seed: int = 1,
) -> list[Assessment]:
    """`count` households with any pattern of 12 indicators; one in ten has one not known."""
    drawn = random.Random(seed)
    made = []
    for __ in range(count):
        village = drawn.choice(villages)
        assert village.parent is not None
        bits = drawn.getrandbits(12) & drawn.getrandbits(12)
        survey = Survey.objects.create(
            round=round, household=Household.objects.create(), village=village,
            commune=village.parent, province_code="06", settlement=Settlement.RURAL,
            as_of=round.as_of, household_size=1,
        )  # fmt: skip
        made.append(
            Assessment(
                survey=survey,
                standard=standard,
                round=round,
                commune=village.parent,
                village=village,
                poverty_class=drawn.choice(_CLASSES),
                deprived_bits=bits,
                unknown_bits=drawn.choice([0] * 9 + [1 << 11]),
                deprivations=bits.bit_count(),
                settlement=drawn.choice(Settlement.values),
                persons=drawn.randint(1, 9),
                is_minority=drawn.choice([True, False, None]),
                no_labour=drawn.choice([True, False, None]),
                scored_at=dt.datetime(2023, 11, 1, tzinfo=dt.UTC),
            )
        )  # fmt: skip
    marks.mark_changed(round_id=round.pk, commune_ids={one.commune_id for one in made})
    return Assessment.objects.bulk_create(made)
