"""Which ceiling of a house binds: one source for payments, plain pages and lists taken over."""

from collections.abc import Collection

from programs.choices import FundingLine
from programs.choices.houses import PUBLIC_LINES, Build, PaymentLine
from programs.models import HousingCeiling

_LINE_OF: dict[str, PaymentLine] = {
    FundingLine.CENTRAL: PaymentLine.CENTRAL,
    FundingLine.LOCAL: PaymentLine.LOCAL,
    FundingLine.COMMUNITY: PaymentLine.COMMUNITY,
}

#: Money of any other line is held against no ceiling.
BOUND_LINES = tuple(_LINE_OF)


def lines_of(ceiling: HousingCeiling) -> list[PaymentLine]:
    """The lines whose money is added up against it."""
    return [PaymentLine(ceiling.line)] if ceiling.line else list(PUBLIC_LINES)


def binding(
    terms: Collection[int], *, funding: str, build: str = Build.NEW, doubted: bool = False
) -> dict[int, HousingCeiling]:
    """By terms, the lowest ceiling that nobody doubts for money of this FundingLine, or the lowest
    of the `doubted` ones; a house of which nobody says what is built is a new one. Money of no
    stated line is held against none. One query at most."""
    line = _LINE_OF.get(funding)
    if line is None:
        return {}
    found: dict[int, HousingCeiling] = {}
    rows = HousingCeiling.objects.filter(terms__in=terms, build=build)
    rows = rows.exclude(doubt="") if doubted else rows.filter(doubt="")
    for ceiling in rows.select_related("terms").order_by("-ceiling_vnd"):
        if line in lines_of(ceiling):
            found[ceiling.terms_id] = ceiling
    return found
