"""The department's word on the rules of houses: ceilings, norms of steps, criteria of priority."""

from typing import Any

from django.utils.translation import gettext as _

from households import policies as household_policies
from households.errors import Invalid, Refused
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.models import HousingCeiling, HousingCriterion, HousingStage

_LONGEST_SOURCE = 400


def state_ceiling(
    *, ceiling: HousingCeiling, ceiling_vnd: int, source: str, by: User
) -> HousingCeiling:
    """State the most that is paid under the ceiling's terms, and where it stands; it is in doubt
    no longer, so what is paid over it is refused from now on.

    Another ceiling from a day on is another row of terms (programmes.state_terms). Raises Refused,
    Invalid (no source), Conflict (no money).
    """
    if reason := policies.why_not_confirm_terms(by, ceiling.terms):
        raise Refused(reason)
    _state(ceiling, {"ceiling_vnd": ceiling_vnd}, source, by, "housing_rules.ceiling")
    return ceiling


def state_norm(*, stage: HousingStage, norm_days: int, source: str, by: User) -> HousingStage:
    """State within how many days the step is to be done after the one before it, and where it
    stands. Raises Refused, Invalid (no source), Conflict (less than a day)."""
    _refuse_others(by)
    _state(stage, {"norm_days": norm_days}, source, by, "housing_rules.norm")
    return stage


def confirm_criterion(*, criterion: HousingCriterion, source: str, by: User) -> HousingCriterion:
    """Vouch for a criterion of priority. Raises Refused, Invalid (no source, nothing in doubt)."""
    _refuse_others(by)
    if not criterion.doubt:
        raise Invalid(_("This is confirmed already."))
    _state(criterion, {}, source, by, "housing_rules.criterion")
    return criterion


def _refuse_others(by: User) -> None:
    if reason := household_policies.why_not_keep_standards(by):
        raise Refused(reason)


def _state(
    row: HousingCeiling | HousingStage | HousingCriterion,
    values: dict[str, Any],
    source: str,
    by: User,
    verb: str,
) -> None:
    source = source.strip()
    if not source or len(source) > _LONGEST_SOURCE:
        raise Invalid(_("Say in which text it stands."), fields={"source": [_("missing")]})
    model: type[Any] = type(row)
    with told_plainly(model):
        # Whoever states the same row waits here.
        row.refresh_from_db(from_queryset=model.objects.select_for_update())
        was = {name: getattr(row, name) for name in ("doubt", "source", *values)}
        details = {"was": was, "source": source, **values}
        with audit.act(by=by, verb=verb, subject=row, details=details):
            for name, value in {**values, "doubt": "", "source": source}.items():
                setattr(row, name, value)
            row.save(update_fields=["doubt", "source", *values])
