"""Jobs that began, which of them are due to be asked about, and what the answers came to."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DateField, Exists, Func, OuterRef, Q, QuerySet, Value

from programs.choices import BenefitState, ProgrammeKind
from programs.choices.employment import CheckAfter, StillEmployed
from programs.models import Benefit, EmploymentCheck
from programs.workflow import SERVED_STATES

JOB_KINDS = (ProgrammeKind.JOB, ProgrammeKind.LABOUR_EXPORT)


class _MonthsLater(Func):
    """The same day so many months later; at the end of a shorter month its last day."""

    template = "(%(expressions)s)::date"
    arg_joiner = " + "
    output_field = DateField()


def _months(count: int) -> Func:
    return Func(
        Value(count), function="make_interval", template="%(function)s(months => %(expressions)s)"
    )


def began(benefits: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """Those that are jobs, or work abroad, and have begun; what ended since is among them."""
    return benefits.filter(programme__kind__in=JOB_KINDS, state__in=sorted(SERVED_STATES))


def with_terms(benefits: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """As began, each with due_3 and due_12: the days from which one asks."""
    return began(benefits).annotate(
        **{
            f"due_{int(after)}": _MonthsLater("served_on", _months(int(after)))
            for after in CheckAfter
        }
    )


def due_on(row: Any, after: CheckAfter) -> dt.date:
    """Of a row of with_terms."""
    day: dt.date = getattr(row, f"due_{int(after)}")
    return day


def due(benefits: QuerySet[Benefit], after: CheckAfter, on: dt.date) -> QuerySet[Benefit]:
    """Those whose day has come and who were not asked yet; the oldest first."""
    asked = EmploymentCheck.objects.filter(benefit=OuterRef("pk"), after_months=after)
    found = with_terms(benefits).filter(**{f"due_{int(after)}__lte": on})
    return found.exclude(Exists(asked)).order_by(f"due_{int(after)}", "pk")


@dataclass(frozen=True)
class Figures:
    """Of a set of jobs: times served (lượt), distinct persons of the register among them, persons
    outside of it, and who is on the list of those not departed."""

    times: int
    persons: int
    outsiders: int
    waiting: int


def figures(jobs: QuerySet[Benefit]) -> Figures:
    """One query."""
    served = Q(state__in=sorted(SERVED_STATES))
    counted = jobs.order_by().aggregate(
        times=Count("pk", filter=served),
        persons=Count("person", distinct=True, filter=served),
        outsiders=Count("pk", filter=served & Q(household__isnull=True)),
        waiting=Count("pk", filter=Q(state=BenefitState.LISTED)),
    )
    return Figures(**counted)


@dataclass(frozen=True)
class Lasting:
    """Of the jobs that began and whose day has come (`due`): how many were asked about, answered,
    still work. Who was not asked, or gave no answer, is counted apart: never as no."""

    kind: str
    after: CheckAfter
    due: int
    asked: int
    answered: int
    working: int

    @property
    def not_asked(self) -> int:
        return self.due - self.asked

    @property
    def no_answer(self) -> int:
        return self.asked - self.answered

    @property
    def share_percent(self) -> float | None:
        """Of those who answered; None where nobody did."""
        return 100 * self.working / self.answered if self.answered else None


def lasting(benefits: QuerySet[Benefit], on: dt.date) -> list[Lasting]:
    """By kind of programme and term. Two queries."""
    found: list[Lasting] = []
    for after in CheckAfter:
        check = Q(employment_checks__after_months=after)
        due_rows = with_terms(benefits).filter(**{f"due_{int(after)}__lte": on})
        answered = [StillEmployed.YES, StillEmployed.NO]
        counted = (
            due_rows.order_by()
            .values("programme__kind")
            .annotate(
                all=Count("pk", distinct=True),
                asked=Count("pk", distinct=True, filter=check),
                answered=Count(
                    "pk", distinct=True, filter=check & Q(employment_checks__answer__in=answered)
                ),
                working=Count(
                    "pk", distinct=True, filter=check & Q(employment_checks__answer="YES")
                ),
            )
        )
        found += [
            Lasting(
                row["programme__kind"], after, row["all"], row["asked"], row["answered"],
                row["working"],
            )
            for row in counted
        ]  # fmt: skip
    order = [str(kind) for kind in JOB_KINDS]
    return sorted(found, key=lambda one: (order.index(one.kind), one.after))
