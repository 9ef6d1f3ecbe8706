"""Refusing by a plain page what has a page of its own: houses, works, projects, communication."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.errors import Invalid
from programs.choices import BenefitState, ProgrammeKind
from programs.models import Benefit, Programme
from programs.workflow.own_ways import plain_steps

_WHERE: dict[str, Promise] = {
    ProgrammeKind.HOUSING: _("A house begins with the list of the village's meeting."),
    ProgrammeKind.WORKS: _("A household is served by a work: open the work, or add it there."),
    ProgrammeKind.PROJECT: _("A household takes part in a project: add it on the project's page."),
    ProgrammeKind.COMMUNICATION: _("Communication is recorded as an activity, with its people."),
}


def why_not_plain(programme: Programme) -> str | None:
    """Where support of this kind begins, if not on the household's page."""
    where = _WHERE.get(programme.kind)
    return str(where) if where else None


def refuse_plain(programme: Programme) -> None:
    """Raises Invalid, with the words where to record it."""
    if where := why_not_plain(programme):
        raise Invalid(where)


def plain_steps_of(benefit: Benefit) -> tuple[BenefitState, ...]:
    """What may follow on the benefit's own page. No query where house, work and participant were
    selected with it."""
    return plain_steps(
        benefit.programme.kind, benefit.state, is_built=_has(benefit, "house"),
        is_tied=_has(benefit, "from_works") or _has(benefit, "participant"),
    )  # fmt: skip


def refuse_plain_step(benefit: Benefit, state: BenefitState) -> None:
    """Raises Invalid where a house, a work or a project takes it on or takes it back."""
    if state == BenefitState.CLOSED and not _has(benefit, "house"):
        return
    if _has(benefit, "house"):
        raise Invalid(_("A house is taken on step by step, on its own page."))
    if _has(benefit, "from_works"):
        raise Invalid(_("A work serves this household: it goes on with the work, on its page."))
    if _has(benefit, "participant"):
        raise Invalid(_("It takes part in a project: it goes on with the project, on its page."))


def _has(benefit: Benefit, name: str) -> bool:
    return hasattr(benefit, name)
