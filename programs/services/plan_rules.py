"""How near the end of poverty a household is proposed for the plan list."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies as household_policies
from households.choices import AreaLevel
from households.errors import Invalid, Refused
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from households.services.reference_rows import LOAD_VERB, Tally, align
from programs.models import PlanRule
from programs.policies.plan_list import why_not_set_rule
from programs.services.programme_files import DATA_FOLDER

_FILE = "plan_list/near_the_line.toml"


class _NothingToDo(Exception):
    """Leaves the transaction without a trace when the file brought nothing new."""


def load(*, by: User, folder: Path = DATA_FOLDER) -> Tally:
    """The shipped rule; what a person changed since stays. Raises Refused, Invalid."""
    if reason := household_policies.why_not_load_reference(by):
        raise Refused(reason)
    wanted = {None: _read(folder / _FILE)}
    stored = {row.owner_id: row for row in PlanRule.objects.filter(owner=None)}
    tally = Tally()
    try:
        with transaction.atomic(), audit.act(by=by, verb=LOAD_VERB, details={"part": "plan_list"}):
            missing = align(tally, stored, wanted)
            PlanRule.objects.bulk_create(PlanRule(owner=None, **row) for row in missing.values())
            tally.created += len(missing)
            if not tally.changes_anything:
                raise _NothingToDo
    except _NothingToDo:
        pass
    return tally


def _read(path: Path) -> dict[str, Any]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            "indicators_at_most": int(read["indicators_at_most"]),
            "points_at_most": int(read["points_at_most"]),
            "source": str(read["source"]),
            "is_confirmed": bool(read["confirmed"]),
        }
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise Invalid(_("%(file)s: %(reason)s") % {"file": path.name, "reason": error}) from error


def set_own(
    *, province: Area, indicators_at_most: int, points_at_most: int, source: str, by: User
) -> PlanRule:
    """A province's own rule, which goes before the nation's. Raises Refused, Invalid (no province,
    no source), Conflict (numbers out of reach)."""
    if reason := why_not_set_rule(by, province):
        raise Refused(reason)
    if province.level != AreaLevel.PROVINCE:
        raise Invalid(_("A province sets the rule."))
    source = source.strip()
    if not source:
        raise Invalid(_("Say in which text it stands."), fields={"source": [_("missing")]})
    numbers = {"indicators_at_most": indicators_at_most, "points_at_most": points_at_most}
    with (
        told_plainly(PlanRule),
        audit.act(by=by, verb="plan_rule.set", area=province, details=numbers, reason=source),
    ):
        row, _made = PlanRule.objects.update_or_create(
            owner=province, defaults={**numbers, "source": source[:400], "is_confirmed": True}
        )
    return row
