"""The evaluations of a model that was shown, as its activity's page tells and takes them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from households import clock
from programs.choices.activities import ActivityKind
from programs.forms.evaluations import MendingForm, ModelEvaluationForm
from programs.models import Activity
from programs.queries import evaluations
from programs.queries.activities import households_of
from programs.views.offered import Offered


def is_evaluated(activity: Activity) -> bool:
    """Whether it is one of a kind that is evaluated."""
    return activity.kind == ActivityKind.MODEL


def evaluation_form(activity: Activity, typed: Any = None) -> ModelEvaluationForm:
    """Two queries."""
    return ModelEvaluationForm(
        typed, auto_id="id_evaluate_%s", took_part=households_of(activity),
        kept_known_from=activity.kept_known_from,
    )  # fmt: skip


def mending_form(activity: Activity, typed: Any = None) -> MendingForm:
    """One query."""
    form = MendingForm(typed, auto_id="id_mend_%s")
    form.offers(activity.evaluations.all())
    return form


def shown(
    activity: Activity,
    *,
    may_keep: bool,
    evaluate: ModelEvaluationForm | None = None,
    mend: MendingForm | None = None,
) -> dict[str, Any]:
    """The evaluations, and what may be recorded of them with the forms typed wrongly; nothing of
    other kinds. At most four queries."""
    if not is_evaluated(activity):
        return {}
    told = {
        "is_evaluated": True,
        "evaluations": evaluations.of_model(activity, clock.today()),
        "kept_known_from": activity.kept_known_from,
    }
    if not may_keep:
        return told
    acts = {
        "evaluate": Offered(
            "evaluate", _("Keep the evaluation"), evaluate or evaluation_form(activity),
            reverse("programs:activity_evaluate", args=[activity.uuid]), evaluate is not None,
        ),
    }  # fmt: skip
    mending = mend or mending_form(activity)
    if mending.rows:
        acts["mend"] = Offered(
            "mend", _("Shortcoming mended"), mending,
            reverse("programs:activity_mend", args=[activity.uuid]), mend is not None,
        )  # fmt: skip
    return told | {"acts": acts}
