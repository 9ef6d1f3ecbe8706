"""Keeping a list under a name, renaming and deleting it, opening with it."""

from django.utils.translation import gettext as _

from households import policies
from households.errors import Invalid, Refused
from households.folding import fold
from households.models import SavedList, User
from households.queries.household_search import Wanted
from households.queries.list_order import Order
from households.services import audit
from households.services.constraint_messages import told_plainly

_LONGEST_NAME = 60


def save(*, name: str, wanted: Wanted, order: Order, by: User) -> SavedList:
    """Keep these filters and this order for oneself; of searched words nothing is kept.

    Raises Refused, Invalid (name; nothing is chosen), Conflict (the name is taken).
    """
    name = _checked(name)
    kept = SavedList(
        user=by,
        name=name,
        poverty_class=wanted.poverty_class,
        in_round=wanted.in_round,
        commune=wanted.commune,
        village=wanted.village,
        order=order.text,
    )
    if not is_worth_keeping(wanted, order):
        raise Invalid(_("Choose filters or an order first; then there is something to keep."))
    with told_plainly(SavedList), audit.act(by=by, verb="saved_list.save", details=_codes(kept)):
        # Two at once would both pass the limit.
        User.objects.select_for_update().get(pk=by.pk)
        if reason := policies.why_not_save_list(by):
            raise Refused(reason)
        kept.save()
    return kept


def is_worth_keeping(wanted: Wanted, order: Order) -> bool:
    places = wanted.commune or wanted.village
    return bool(wanted.poverty_class or wanted.in_round or places) or order != Order()


def rename(*, saved: SavedList, name: str, by: User) -> None:
    """Raises Refused, Invalid (name), Conflict (the name is taken)."""
    name = _checked(name)
    _refuse(saved, by)
    with told_plainly(SavedList), audit.act(by=by, verb="saved_list.rename", subject=saved):
        SavedList.objects.filter(pk=saved.pk).update(name=name)


def delete(*, saved: SavedList, by: User) -> None:
    """Raises Refused."""
    _refuse(saved, by)
    with audit.act(by=by, verb="saved_list.delete", subject=saved, details=_codes(saved)):
        SavedList.objects.filter(pk=saved.pk).delete()


def open_with(*, saved: SavedList, is_default: bool, by: User) -> None:
    """The user's list opens with this one from now on, or with all households. Raises Refused."""
    _refuse(saved, by)
    details = {"is_default": is_default}
    with audit.act(by=by, verb="saved_list.open_with", subject=saved, details=details):
        User.objects.select_for_update().get(pk=by.pk)
        SavedList.objects.filter(user=by, is_default=True).update(is_default=False)
        SavedList.objects.filter(pk=saved.pk).update(is_default=is_default)


def _checked(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    words = ""
    if not fold(name):
        words = _("Give the list a name.")
    elif len(name) > _LONGEST_NAME:
        words = _("The name is too long.")
    if words:
        raise Invalid(words, fields={"name": [words]})
    return name


def _refuse(saved: SavedList, by: User) -> None:
    if reason := policies.why_not_change_saved_list(by, saved):
        raise Refused(reason)


def _codes(saved: SavedList) -> dict[str, str | int | None]:
    return {
        "class": saved.poverty_class,
        "in_round": saved.in_round,
        "commune": saved.commune_id,
        "village": saved.village_id,
        "order": saved.order,
    }
