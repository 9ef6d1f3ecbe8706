"""One standard or point table from its document into the register: made, brought up to date, or
refused because results rest on it already."""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households import policies
from households.choices import PointTableState
from households.errors import Conflict, Invalid, Refused
from households.models import Area, Assessment, PointTable, PovertyStandard, User
from households.policies.trials import latest_confirmed
from households.scoring import DocumentError
from households.scoring import PointTable as PointRules
from households.scoring import Standard as StandardRules
from households.services import audit
from households.services.standard_documents import Document, digest, with_values

#: What the official list reads (households.services.list_rules).
NEEDED_LIST_RULES = (
    "periodic_decision_counts_from",
    "relapse_look_back",
    "minority_household",
)


@dataclass
class Loaded:
    """What a load did, by code; `kept` names numbers that the department's word outweighs."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def load_standard(
    document: Document, *, name: str, owner: Area | None, by: User, done: Loaded | None = None
) -> PovertyStandard:
    """Make or bring up to date one standard; `owner` is the province of a provincial one.

    A number the department has confirmed stays as confirmed, whatever the document says. Raises
    Refused (no right, already used), Invalid (wrong document), Conflict (another one at that time).
    """
    if reason := policies.why_not_load_reference(by):
        raise Refused(reason)
    done = done if done is not None else Loaded()
    rules = read_standard(document, name)
    if (rules.owner == "PROVINCE") != (owner is not None):
        raise Invalid(
            _("%(file)s: say the province for a province's standard, and only for one.")
            % {"file": name}
        )
    with transaction.atomic():
        row = (
            PovertyStandard.objects.select_for_update(of=("self",)).filter(code=rules.code).first()
        )
        if row is None:
            row = PovertyStandard(code=rules.code, owner=owner)
        else:
            document = _with_confirmed(row, document, done)
        new_digest = digest(document)
        if row.digest == new_digest:
            done.unchanged.append(rules.code)
            return row
        if row.pk and (reason := why_not_change(row)):
            raise Refused(reason, code="frozen")
        (done.updated if row.pk else done.created).append(rules.code)
        row.document, row.digest = document, new_digest
        _copy_headings(row, rules)
        _write(row, "standard.load", by)
    return row


def read_standard(document: Document, name: str) -> StandardRules:
    """The rules of a standard's document. Raises Invalid with `name` and the place."""
    try:
        rules = StandardRules.from_document(document)
    except DocumentError as error:
        raise Invalid(f"{name}: {error}") from error
    for needed in NEEDED_LIST_RULES:
        if needed not in rules.list_rules:
            raise Invalid(f"{name}: list_rules.{needed}: " + _("is missing"))
    return rules


def _with_confirmed(row: PovertyStandard, document: Document, done: Loaded) -> Document:
    """The document with what the department confirmed in place of what the file says."""
    merged = with_values(document, latest_confirmed(row))
    if digest(merged) != digest(document):
        done.kept.append(row.code)
    return merged


def why_not_change(standard: PovertyStandard) -> str | None:
    """Why the numbers of a standard may not change any more. One query."""
    if not _results().filter(standard=standard).exists():
        return None
    return _(
        "%(standard)s is already used: results rest on it, so it may not change."
        " Give the new numbers as a new dated version."
    ) % {"standard": f"{standard.name_vi} ({standard.code})"}


def _results() -> QuerySet[Assessment, Assessment]:
    """Results that a number must not change under: those of the practice area are none."""
    return Assessment.objects.filter(commune__is_practice=False)


def _copy_headings(row: PovertyStandard, rules: StandardRules) -> None:
    row.name_vi, row.name_en = rules.name.vi, rules.name.en
    row.legal_basis = rules.legal_basis
    row.source = "; ".join(label.vi for label in rules.sources.values())[:300]
    row.valid_from, row.valid_to = rules.valid_from, rules.valid_to


def _write(row: PovertyStandard | PointTable, verb: str, by: User) -> None:
    details = {"code": row.code, "digest": row.digest}
    try:
        with audit.act(by=by, verb=verb, subject=row if row.pk else None, details=details):
            row.save()
    except IntegrityError as error:
        if "one_at_a_time" in str(error):
            raise Conflict(
                _("%(code)s: another standard is in force at that time.") % {"code": row.code}
            ) from error
        raise


def load_table(document: Document, *, name: str, by: User, done: Loaded) -> PointTable:
    """A shipped table: a sample takes effect at once where nothing else is in force, anything
    else waits as a draft for the department."""
    rules = read_table(document, name)
    standard = PovertyStandard.objects.filter(code=rules.standard).first()
    if standard is None:
        raise Invalid(
            _("%(file)s: there is no standard %(standard)s.")
            % {"file": name, "standard": rules.standard}
        )
    row = PointTable.objects.select_for_update().filter(code=rules.code).first()
    new_digest = digest(document)
    if row and row.digest == new_digest:
        done.unchanged.append(rules.code)
        return row
    if row and _results().filter(point_table=row).exists():
        raise Refused(
            _("The point table %(table)s is already used and may not change; give it a new code.")
            % {"table": rules.code},
            code="frozen",
        )
    (done.updated if row else done.created).append(rules.code)
    row = row or PointTable(
        code=rules.code,
        entered_by=by,
        state=_first_state(rules, standard),
        is_sample=rules.is_sample,
    )
    row.standard, row.name, row.is_sample = standard, rules.name.vi, rules.is_sample
    row.document, row.digest = document, new_digest
    row.source = "; ".join(document["sources"][key]["vi"] for key in rules.stated.source)[:300]
    _write(row, "point_table.load", by)
    return row


def _first_state(rules: PointRules, standard: PovertyStandard) -> PointTableState:
    in_use = standard.point_tables.filter(state=PointTableState.IN_FORCE).exists()
    if rules.is_sample and rules.complete and not in_use:
        return PointTableState.IN_FORCE
    return PointTableState.DRAFT


def read_table(document: Document, name: str) -> PointRules:
    """The rules of a point table's document. Raises Invalid with `name` and the place."""
    try:
        return PointRules.from_document(document)
    except DocumentError as error:
        raise Invalid(f"{name}: {error}") from error
