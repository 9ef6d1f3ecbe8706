"""A point table's way: entered, checked by worked households, proposed, agreed to by a second
person, in force, replaced."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households import policies
from households.choices import PointTableState
from households.errors import Conflict, Invalid, Refused, Words
from households.models import PointTable, PovertyStandard, User
from households.scoring import PointTable as PointRules
from households.services import audit, rescoring
from households.services.standard_documents import Document, digest
from households.services.standard_loading import read_table
from households.services.standards import rules_of_table
from households.services.worked_households import check, why_not_change_draft

Points = Mapping[tuple[str, str], tuple[int, ...]]

_LONGEST_SOURCE = 300
_DECREE_KEY = "given"


@dataclass(frozen=True)
class Heading:
    """What names a table: its code, its name in both languages, and where it comes from."""

    code: str
    name_vi: str
    name_en: str
    source: str


def with_points(*, pattern: PointTable, heading: Heading, points: Points) -> Document:
    """The document of a new table: questions and variants of `pattern`, points as given.

    `points` covers every option (households.exchange.point_grid sees to it). Raises Invalid.
    """
    fields: dict[str, list[Words]] = {}
    for name in ("code", "name_vi", "name_en", "source"):
        if not getattr(heading, name).strip():
            fields[name] = [_("This is needed.")]
    if len(heading.source) > _LONGEST_SOURCE:
        fields["source"] = [_("At most 300 letters.")]
    if fields:
        raise Invalid(_("The table is not complete."), fields=fields)
    document: Document = copy.deepcopy(pattern.document)
    document |= {
        "code": heading.code,
        "name": {"vi": heading.name_vi, "en": heading.name_en},
        "is_sample": False,
        "sources": {_DECREE_KEY: {"vi": heading.source, "en": heading.source}},
        "points_stated": {
            "value": "All points of this table",
            "unit": "points",
            "source": [_DECREE_KEY],
            # Vouched for by the person who enters it and the one who agrees.
            "confirmed": True,
        },
    }
    for question in document["questions"]:
        for option in question["options"]:
            option["points"] = list(points[question["code"], option["code"]])
    return document


def enter(*, standard: PovertyStandard, document: Document, by: User) -> PointTable:
    """A new table as a draft of its standard. Raises Refused, Invalid, Conflict (code taken)."""
    if reason := policies.why_not_confirm(by, standard):
        raise Refused(reason)
    rules = _read(document, standard)
    table = PointTable(code=rules.code, standard=standard, entered_by=by)
    _fill(table, rules, document)
    details = {"code": rules.code, "digest": table.digest}
    try:
        with audit.act(by=by, verb="point_table.enter", subject=standard, details=details):
            table.save()
    except IntegrityError as error:
        if "code" in str(error):
            told = _("There is a table with this code already.")
            raise Conflict(told) from error
        raise
    return table


def change(*, table: PointTable, document: Document, by: User) -> PointTable:
    """Other points for a draft; who changes it counts as the one who entered it.

    Raises Refused (no right, not a draft), Invalid.
    """
    with transaction.atomic():
        row = _locked(table)
        if reason := why_not_change_draft(by, row):
            raise Refused(reason)
        rules = _read(document, row.standard)
        if rules.code != row.code:
            raise Invalid(_("The code of a table stays as it is."))
        _fill(row, rules, document)
        row.entered_by = by
        with audit.act(
            by=by, verb="point_table.change", subject=row, details={"digest": row.digest}
        ):
            row.save()
    return row


def discard(*, table: PointTable, by: User) -> None:
    """Throw a draft away, with its worked households. Raises Refused."""
    with transaction.atomic():
        row = _locked(table)
        if reason := why_not_change_draft(by, row):
            raise Refused(reason)
        with audit.act(by=by, verb="point_table.discard", subject=row, details={"code": row.code}):
            row.worked_households.all().delete()
            row.delete()


def why_not_propose(user: User, table: PointTable) -> str | None:
    """Why the table cannot be put to a second person: the person, its state, or the check."""
    if reason := why_not_change_draft(user, table):
        return reason
    return _why_not_sound(table)


def _why_not_sound(table: PointTable) -> str | None:
    rules = rules_of_table(table)
    if not rules.complete:
        return _("The table is not complete: questions are missing.")
    if rules.stated.blocks_decisions and not rules.is_sample:
        return _("The source of the points is marked doubtful in the table's own document.")
    checks = check(table)
    variants = {found.worked.variant for found in checks}
    if rules.urban_variant not in variants or variants <= {rules.urban_variant}:
        return _("Enter at least one urban and one rural worked household first.")
    for found in checks:
        if not found.agrees:
            return _("The worked household “%(name)s” does not agree with the table.") % {
                "name": found.worked.name
            }
    return None


def propose(*, table: PointTable, by: User) -> PointTable:
    """Put a checked draft to a second person. Raises Refused."""
    with transaction.atomic():
        row = _locked(table)
        if reason := why_not_propose(by, row):
            raise Refused(reason)
        row.state, row.proposed_at = PointTableState.PROPOSED, timezone.now()
        with audit.act(by=by, verb="point_table.propose", subject=row):
            row.save()
    return row


def why_not_withdraw(user: User, table: PointTable) -> str | None:
    """Why the table cannot become a draft again."""
    if reason := policies.why_not_confirm(user, table.standard):
        return reason
    if table.state != PointTableState.PROPOSED:
        return _("The table is not waiting for a second person.")
    return None


def withdraw(*, table: PointTable, reason: str, by: User) -> PointTable:
    """Back to a draft, with the reason: something is wrong with it. Raises Refused, Invalid."""
    with transaction.atomic():
        row = _locked(table)
        if why_not := why_not_withdraw(by, row):
            raise Refused(why_not)
        if not reason.strip():
            told = _("Write the reason.")
            raise Invalid(told, fields={"reason": [told]})
        row.state, row.proposed_at = PointTableState.DRAFT, None
        with audit.act(by=by, verb="point_table.withdraw", subject=row, reason=reason.strip()):
            row.save()
    return row


def why_not_agree(user: User, table: PointTable) -> str | None:
    """Why this user cannot put the table in force: right, second person, state."""
    if reason := why_not_withdraw(user, table):
        return reason
    return policies.why_not_agree_to_table(user, table)


def agree(*, table: PointTable, by: User) -> PointTable:
    """A second person agrees: the table takes effect and the one before it is retired, at once.

    Results of rounds under way that income points told are computed again, so that nothing open
    rests on the table before. Raises Refused.
    """
    with transaction.atomic():
        # One agreement at a time for a standard.
        PovertyStandard.objects.select_for_update(of=("self",)).get(pk=table.standard_id)
        row = _locked(table)
        if reason := why_not_agree(by, row) or _why_not_sound(row):
            raise Refused(reason)
        before = row.standard.point_tables.filter(state=PointTableState.IN_FORCE).first()
        if before and row.is_sample and not before.is_sample:
            raise Refused(_("A sample cannot take the place of a table in force."))
        if before:
            _retire(before, row, by)
        row.state, row.agreed_by, row.agreed_at = PointTableState.IN_FORCE, by, timezone.now()
        with audit.act(
            by=by, verb="point_table.agree", subject=row, details={"digest": row.digest}
        ):
            row.save()
            rescoring.of_open_rounds(row.standard)
    return row


def _retire(before: PointTable, successor: PointTable, by: User) -> None:
    with audit.act(
        by=by,
        verb="point_table.retire",
        subject=before,
        details={"replaced_by": successor.code},
    ):
        before.state = PointTableState.RETIRED
        before.save()


def _locked(table: PointTable) -> PointTable:
    found = PointTable.objects.select_for_update(of=("self",)).select_related("standard")
    return found.get(pk=table.pk)


def _read(document: Document, standard: PovertyStandard) -> PointRules:
    rules = read_table(document, str(document.get("code", "")) or _("The table"))
    if rules.standard != standard.code:
        raise Invalid(
            _("The table is for %(other)s, not for %(standard)s.")
            % {"other": rules.standard, "standard": standard.code}
        )
    return rules


def _fill(table: PointTable, rules: PointRules, document: Document) -> None:
    table.name, table.is_sample = rules.name.vi, rules.is_sample
    table.document, table.digest = document, digest(document)
    table.source = "; ".join(document["sources"][key]["vi"] for key in rules.stated.source)[:300]
