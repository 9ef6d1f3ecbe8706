"""A household leaves for another commune: the old one offers it, the new one takes it over."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import CertificateState, PovertyClass, SurveyState
from households.choices.notices import NoticeKind
from households.choices.transfers import TransferState
from households.errors import Conflict, Refused
from households.models import (
    Area,
    Certificate,
    HouseholdTransfer,
    StatusPeriod,
    Survey,
    User,
)
from households.services import audit, notices, surveys
from households.services.constraint_messages import told_plainly
from households.services.household_acts import roster


def offer(now: roster.Standing, village: Area, moved_on: dt.date, by: User) -> HouseholdTransfer:
    """Offer a household, checked and locked by moves.move, to the commune of `village`; until it is
    accepted nothing changes. Raises Conflict (it is offered already)."""
    assert village.parent is not None
    with (
        told_plainly(HouseholdTransfer),
        audit.act(
            by=by, verb="household.offer", area=now.village, household=now.household,
            details={"to": village.pk},
        ),
    ):  # fmt: skip
        made = HouseholdTransfer.objects.create(
            household=now.household,
            from_commune_id=now.commune_id,
            from_village=now.village,
            to_commune=village.parent,
            to_village=village,
            moved_on=moved_on,
            offered_by=by,
        )
        notices.tell(
            kind=NoticeKind.OFFERED, area=village.parent, key=str(made.pk), transfer=made.pk
        )
        return made


def accept(*, transfer: HouseholdTransfer, village: Area, by: User) -> HouseholdTransfer:
    """The new commune takes it over: it lives in `village` from the day it moved, with its whole
    file. Its status goes on without a gap; its certificate waits to be replaced by one of the new
    commune's.

    Raises Refused (no right; it ended or left the old commune meanwhile), Invalid (village),
    Conflict (settled already, by whom).
    """
    with _settling(transfer, by, policies.why_not_take_over(by, transfer.to_commune)) as found:
        now = roster.as_it_stands(found.household_id)
        if now is None or now.commune_id != found.from_commune_id:
            raise Refused(_("The household does not live in the old commune any more."))
        roster.check_village(village, found.moved_on)
        if village.parent_id != found.to_commune_id:
            raise roster.at("village", _("Choose a village of your commune."))
        with audit.act(
            by=by,
            verb="household.take_over",
            area=village,
            household=now.household,
            subject=found,
            details={"from": now.village.pk, "to": village.pk},
        ):
            # A day that the present home began after was overtaken by a later act of the old one.
            moved_on = max(found.moved_on, now.home.valid_from)
            roster.rehome(now, village, moved_on)
            _take_forms_along(now.household.pk, village)
            _replace_certificate(now.household.pk, found.from_commune_id)
            _settle(
                found, TransferState.ACCEPTED, by, to_village=village, moved_on=moved_on,
                poverty_class=_class_now(now.household.pk),
            )  # fmt: skip
            roster.settle(now, communes=[found.to_commune_id])
        return found


def _take_forms_along(household_id: int, village: Area) -> None:
    """A form that is only begun is finished by the new commune: the old one cannot open it any
    more, and a household has one form in a round. Complete ones stay with who reviewed it.

    Raises Refused where the new village is past its survey in that round.
    """
    drafts = Survey.objects.filter(
        household=household_id, state=SurveyState.DRAFT, round__is_closed=False
    )
    for draft in drafts.select_related("round"):
        if reason := policies.why_round_is_locked(draft.round, village):
            raise Refused(
                _("Its form of %(round)s is begun and cannot be finished here: %(reason)s")
                % {"round": draft.round.key, "reason": reason}
            )
        Survey.objects.filter(pk=draft.pk).update(
            village=village,
            commune=village.parent_id,
            settlement=surveys.settlement_of(village, draft.round),
        )


def decline(*, transfer: HouseholdTransfer, answer: str, by: User) -> None:
    """The new commune does not take it over, and says why. Raises Refused, Invalid, Conflict."""
    if not answer.strip():
        raise roster.at("answer", _("Write the reason."))
    with (
        _settling(transfer, by, policies.why_not_take_over(by, transfer.to_commune)) as found,
        audit.act(
            by=by, verb="household.decline", area=found.to_commune, household=found.household,
            subject=found, reason=answer,
        ),
    ):  # fmt: skip
        _settle(found, TransferState.DECLINED, by, answer=answer.strip())


def withdraw(*, transfer: HouseholdTransfer, by: User) -> None:
    """The old commune takes its offer back. Raises Refused, Conflict."""
    with (
        _settling(transfer, by, policies.why_not_take_over(by, transfer.from_commune)) as found,
        audit.act(
            by=by, verb="household.take_back", area=found.from_commune,
            household=found.household, subject=found,
        ),
    ):  # fmt: skip
        _settle(found, TransferState.WITHDRAWN, by)


@contextmanager
def _settling(
    transfer: HouseholdTransfer, by: User, refusal: str | None
) -> Iterator[HouseholdTransfer]:
    """The offer as it is stored now, locked. Raises Refused, Conflict."""
    if refusal:
        raise Refused(refusal)
    with transaction.atomic():
        found = (
            HouseholdTransfer.objects.select_for_update(of=("self",))
            .select_related("from_commune", "to_commune", "household", "settled_by")
            .get(pk=transfer.pk)
        )
        if found.state != TransferState.OFFERED:
            raise Conflict(_("It was settled already by %(who)s.") % {"who": found.settled_by})
        yield found


def _settle(transfer: HouseholdTransfer, state: TransferState, by: User, **values: object) -> None:
    given = {"state": state, "settled_by": by, "settled_on": clock.today(), **values}
    for name, value in given.items():
        setattr(transfer, name, value)
    transfer.save(update_fields=list(given))
    if state != TransferState.WITHDRAWN:
        notices.tell(
            kind=NoticeKind.TRANSFER_SETTLED, area=transfer.from_commune, key=str(transfer.pk),
            transfer=transfer.pk,
        )  # fmt: skip


def _replace_certificate(household_id: int, commune_id: int) -> None:
    """The old commune's certificate ends; the new commune issues the next with its own number."""
    Certificate.objects.filter(
        household=household_id, commune=commune_id, state=CertificateState.IN_FORCE
    ).update(state=CertificateState.REPLACED, ended_on=clock.today())


def _class_now(household_id: int) -> PovertyClass | str:
    periods = StatusPeriod.objects.on(clock.today()).filter(
        household=household_id, list_owner__isnull=True
    )
    return periods.values_list("poverty_class", flat=True).first() or ""
