"""Returned sheets as pages show them: the list, the rows of one, the answers about a household."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from households import clock, policies
from households.choices.returns import AnswerKind, DifferenceState, ReturnState
from households.models import (
    Household,
    LayoutAnswer,
    LayoutReturn,
    Membership,
    OutputLayout,
    ReturnedDifference,
    ReturnedRow,
    User,
)

#: What the rows of a sheet can be narrowed to.
SHOWN: Final = ("changed", "not_found", "in_error", "unchanged")
_OUTCOMES: Final = {
    "not_found": ~Q(why_not=""),
    "in_error": Q(why_not="") & ~Q(faults={}),
    "changed": Q(why_not="", faults={}, differs=True),
    "unchanged": Q(why_not="", faults={}, differs=False),
}


def of_user(user: User) -> QuerySet[LayoutReturn]:
    """Sheets the user may see, the newest first, with how many differences of his own families are
    open. One query."""
    visible = policies.visible_households(user)
    open_ones = Q(rows__differences__state=DifferenceState.OPEN, rows__household__in=visible)
    found = policies.visible_returns(user).exclude(state=ReturnState.TAKEN_BACK, counts={})
    return (
        found.select_related("layout", "area", "sent_by")
        .annotate(open_differences=Count("rows__differences", filter=open_ones))
        .order_by("-pk")
    )


def counts(user: User, returned: LayoutReturn) -> dict[str, int]:
    """Rows the user may see by what became of them. One query."""
    found: dict[str, int] = policies.visible_returned_rows(user, returned).aggregate(
        **{name: Count("pk", filter=condition) for name, condition in _OUTCOMES.items()}
    )
    return found


def still_open(user: User, returned: LayoutReturn) -> int:
    """Differences that nobody has settled, of rows the user may see. One query."""
    seen = policies.visible_returned_rows(user, returned)
    return ReturnedDifference.objects.filter(row__in=seen, state=DifferenceState.OPEN).count()


def rows(user: User, returned: LayoutReturn, shown: str) -> QuerySet[ReturnedRow]:
    """Rows by what became of them, in the sheet's order, with all that a page shows of them."""
    found = policies.visible_returned_rows(user, returned)
    if shown in _OUTCOMES:
        found = found.filter(_OUTCOMES[shown])
    return (
        found.select_related("household__card__village", "person")
        .prefetch_related("differences__settled_by", "answers")
        .order_by("line")
    )


def difference_of(user: User, pk: int) -> QuerySet[ReturnedDifference]:
    """The difference, where the user sees its household."""
    visible = policies.visible_households(user)
    found = ReturnedDifference.objects.filter(pk=pk, row__household__in=visible)
    return found.select_related("row__returned__layout", "row__household__card__village")


@dataclass(frozen=True)
class Answered:
    """An answer as the household's page shows it."""

    heading: str
    value: object
    is_day: bool
    is_number: bool
    person: str
    returned: LayoutReturn


def answers_of(household: Household) -> list[Answered]:
    """What receivers answered about the household and about who belongs to it now, of sheets that
    are kept, the newest first; of each layout's column and subject the newest answer. One query."""
    belongs = Membership.objects.on(clock.today()).filter(
        household=household, person=OuterRef("person")
    )
    own = Q(household=household, person__isnull=True) | Q(Exists(belongs))
    found = (
        LayoutAnswer.objects.filter(own, row__returned__state=ReturnState.KEPT)
        .select_related("person", "row__returned__layout")
        .order_by("-row__returned__returned_on", "-row__returned_id", "person", "pk")
    )
    newest: dict[tuple[object, ...], Answered] = {}
    for one in found:
        key = (one.row.returned.layout_id, one.heading, one.person_id)
        newest.setdefault(key, _answered(one))
    return list(newest.values())


def _answered(one: LayoutAnswer) -> Answered:
    returned = one.row.returned
    value: object = one.text_value
    if one.kind == AnswerKind.NUMBER:
        value = one.number_value
    elif one.kind == AnswerKind.DAY:
        value = one.day_value
    elif one.kind == AnswerKind.CODE:
        value = word_of(returned.columns, one)
    return Answered(
        heading=one.heading,
        value=value,
        is_day=one.kind == AnswerKind.DAY,
        is_number=one.kind == AnswerKind.NUMBER,
        person=one.person.full_name if one.person else "",
        returned=returned,
    )


def word_of(columns: list[dict[str, object]], one: LayoutAnswer) -> str:
    """The receiver's own word for a code, as the layout had it when the sheet was read."""
    for column in columns:
        if column["heading"] == one.heading:
            codes = column.get("codes")
            return str(codes.get(one.text_value, one.text_value)) if isinstance(codes, dict) else ""
    return one.text_value


def returnable(user: User) -> list[OutputLayout]:
    """Layouts that the user may read sheets of."""
    from_provinces = policies.rights(user).branches(policies.IMPORTS)
    provinces = {int(branch.split(".")[0]) for branch in from_provinces}
    own = Q(is_shared=True) | Q(made_by=user)
    return list(OutputLayout.objects.filter(own, province__in=provinces))
