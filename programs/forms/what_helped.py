"""Which comparison, and which of its cells, a page is asked for."""

from django.http import QueryDict

from programs.choices.what_helped import Began, Outcome
from programs.models import Programme
from programs.queries.what_helped import Wanted

_YES_NO = {"1": True, "0": False}


def asked_programme(typed: QueryDict) -> Programme | None:
    """The programme of ?programme=; None for any, or where there is no such."""
    code = typed.get("programme", "")
    return Programme.objects.filter(code=code).first() if code else None


def asked_cell(typed: QueryDict) -> Wanted | None:
    """The cell the address names; None where it names none."""
    began, supported = typed.get("began", ""), _YES_NO.get(typed.get("supported", ""))
    if began not in Began.values or supported is None:
        return None
    outcome = typed.get("outcome", "")
    return Wanted(
        Began(began),
        supported,
        Outcome(outcome) if outcome in Outcome.values else None,
        _YES_NO.get(typed.get("no_labour", "")),
    )
