"""Families on and off the official list on given days, for entitlement."""

import datetime as dt

from households.choices import (
    DecisionOrigin,
    HowIn,
    HowOut,
    PovertyClass,
    TraitKind,
)
from households.models import (
    Area,
    AreaTrait,
    EthnicGroup,
    Household,
    PovertyStandard,
    RecognitionDecision,
    ReviewRound,
    StatusPeriod,
    User,
)
from households.queries import complete_from
from households.services import audit

FAR_BACK = dt.date(2016, 1, 1)


def decided(
    commune: Area,
    round: ReviewRound,
    standard: PovertyStandard,
    by: User,
    *,
    since: dt.date = FAR_BACK,
    origin: DecisionOrigin = DecisionOrigin.ADOPTED_FROM_PAPER,
) -> RecognitionDecision:
    """The commune's list is known since a day, and it says that it is complete since."""
    lists_complete(commune, since.year - 1, by)
    return RecognitionDecision.objects.create(
        commune=commune,
        round=round,
        standard=standard,
        number="1/QĐ",
        decided_on=since,
        effective_from=since,
        recorded_by=by,
        origin=origin,
    )


def lists_complete(commune: Area, year: int | None, by: User) -> None:
    """The commune says that its lists are complete from the review of this year on; None: not
    said any more."""
    with audit.act(by=by, verb=complete_from.VERB, area=commune, details={"year": year}):
        pass


def on_list(
    household: Household,
    decision: RecognitionDecision,
    *,
    since: dt.date,
    until: dt.date | None = None,
    poverty_class: PovertyClass = PovertyClass.POOR,
    how_out: HowOut = HowOut.ESCAPED,
) -> StatusPeriod:
    """A period on the list; with `until` it has ended, by escape unless told otherwise."""
    return StatusPeriod.objects.create(
        household=household,
        standard=decision.standard,
        poverty_class=poverty_class,
        valid_from=since,
        valid_to=until,
        decision_in=decision,
        decision_out=decision if until else None,
        how_in=HowIn.ADOPTED,
        how_out=how_out if until else "",
    )


def trait(
    area: Area,
    kind: TraitKind,
    value: str,
    *,
    since: dt.date = FAR_BACK,
    until: dt.date | None = None,
) -> AreaTrait:
    return AreaTrait.objects.create(
        area=area, kind=kind, value=value, valid_from=since, valid_to=until
    )


def ethnic_group(name: str = "Tày", code: str = "02", *, is_minority: bool = True) -> EthnicGroup:
    return EthnicGroup.objects.get_or_create(
        code=code, defaults={"name": name, "is_minority": is_minority}
    )[0]
