"""Numbers and readings that await the department's word: what they are, and giving it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import Settlement
from households.errors import Invalid, Refused
from households.models import Confirmation, PovertyStandard, User
from households.models.areas import DatedQuerySet
from households.scoring import Label, Stated
from households.scoring import Standard as StandardRules
from households.services import audit
from households.services.standard_documents import digest, statement_at, with_values
from households.services.standard_loading import read_standard, why_not_change
from households.services.standards import confirmed_paths, rules_of

Value = int | str | bool | tuple[str, ...]

_LONGEST_SOURCE = 300
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


class ValueKind(StrEnum):
    """What a stated value is, as far as typing another one goes."""

    NUMBER = "number"
    FLAG = "flag"
    LEVEL = "level"
    FIXED = "fixed"


@dataclass(frozen=True)
class Reading:
    """One number or reading the shipped file does not vouch for.

    `label` says what it belongs to and `doubt` what is doubtful, in the active language. `value`
    is the one in use. `is_weak` marks what sources contradict or are silent on; `blocks` those of
    them that a class rests on: no real family is decided on before it is confirmed.
    `confirmation` is the department's word for this very value, if given.
    """

    path: str
    label: str
    value: Value
    unit: str
    source: tuple[str, ...]
    doubt: str
    is_weak: bool
    blocks: bool
    confirmation: Confirmation | None
    kind: ValueKind

    @property
    def waits(self) -> bool:
        return self.confirmation is None


def unconfirmed(standard: PovertyStandard) -> list[Reading]:
    """What the file leaves open, in its order; what the department has since confirmed carries
    the confirmation. Two queries."""
    rules = rules_of(standard)
    labels = subjects(rules)
    given = standing(standard)
    blocking = {stated.path for stated in rules.blocking()}
    return [
        Reading(
            path=stated.path,
            label=labels[stated.path],
            value=stated.value,
            unit=stated.unit,
            source=tuple(in_words(rules.sources[key]) for key in stated.source),
            doubt=in_words(stated.doubt),
            is_weak=stated.weak,
            blocks=stated.path in blocking,
            confirmation=given.get(stated.path),
            kind=kind_of(stated, rules),
        )
        for stated in rules.statements()
        if not stated.confirmed
    ]


def standing(standard: PovertyStandard) -> dict[str, Confirmation]:
    """Path to the confirmation that still stands, with who gave it. Two queries, none if
    `with_confirmations` brought the standard."""
    prefetch_related_objects([standard], _WITH_NAMES)
    paths = confirmed_paths(standard)
    return {given.path: given for given in standard.confirmations.all() if given.path in paths}


_WITH_NAMES = Prefetch("confirmations", Confirmation.objects.select_related("confirmed_by"))


def with_confirmations(found: DatedQuerySet) -> DatedQuerySet:
    """Standards with their owner and what the department confirmed, in two queries."""
    return found.select_related("owner").prefetch_related(_WITH_NAMES)


def subjects(rules: StandardRules) -> Mapping[str, str]:
    """Path to what the number belongs to: the indicator, the line with its area, the rule."""
    named: dict[str, str] = {}
    for stated in rules.parameters.values():
        named[stated.path] = _("For the whole standard")
    for stated in rules.list_rules.values():
        named[stated.path] = _("For the official list")
    for line in rules.lines.values():
        name = in_words(line.name)
        named[line.inclusive.path] = name
        for settlement, stated in line.income_vnd.items():
            named[stated.path] = f"{name}, {Settlement(settlement).label}"
        for settlement, stated in (line.points or {}).items():
            named[stated.path] = _("B1 points of %(line)s, %(area)s") % {
                "line": name,
                "area": Settlement(settlement).label,
            }
    for rule in rules.class_rules:
        named[rule.reading.path] = _("Rule of the class")
    for indicator in rules.indicators:
        for stated in (indicator.wording, *indicator.parameters.values()):
            named[stated.path] = in_words(indicator.name)
    return named


def in_words(label: Label | None) -> str:
    """The label in the active language, "" for none."""
    return label.in_language(get_language() or "vi") if label else ""


def kind_of(stated: Stated, rules: StandardRules) -> ValueKind:
    """How another value could be typed in. Wordings and rules are confirmed as they are, or
    changed in a new version of the file."""
    if isinstance(stated.value, bool):
        return ValueKind.FLAG
    if isinstance(stated.value, int) or _DECIMAL.fullmatch(str(stated.value)):
        return ValueKind.NUMBER
    if stated.value in rules.levels and stated.path.startswith("indicators."):
        return ValueKind.LEVEL
    return ValueKind.FIXED


def confirm(
    *, standard: PovertyStandard, path: str, value: Value, source: str, by: User
) -> Confirmation:
    """The department vouches for one number, by name, date and source; with another value it
    corrects the number, which only a standard that nothing rests on allows.

    Raises Refused (no right; the standard is used), Invalid (no such number, no source, a value
    the rules cannot be read with).
    """
    if reason := policies.why_not_confirm(by, standard):
        raise Refused(reason)
    source = source.strip()
    if not source or len(source) > _LONGEST_SOURCE:
        told = _("Name the source: the text, its article or annex.")
        raise Invalid(told, fields={"source": [told]})
    with transaction.atomic():
        row = PovertyStandard.objects.select_for_update(of=("self",)).get(pk=standard.pk)
        stated = _statement(row, path)
        details = {"standard": row.code, "path": path, "value": value, "was": _plain(stated)}
        with audit.act(by=by, verb="standard.confirm", subject=row, details=details, reason=source):
            if (value, type(value)) != (stated.value, type(stated.value)):
                _correct(row, stated, value)
            confirmation = Confirmation.objects.create(
                standard=row,
                path=path,
                value=value,
                source=source,
                confirmed_by=by,
                confirmed_on=clock.today(),
            )
    standard.refresh_from_db()
    return confirmation


def _statement(row: PovertyStandard, path: str) -> Stated:
    for stated in rules_of(row).statements():
        if stated.path == path:
            return stated
    raise Invalid(_("The standard has no such number."), code="unknown_path")


def _plain(stated: Stated) -> object:
    return list(stated.value) if isinstance(stated.value, tuple) else stated.value


def _correct(row: PovertyStandard, stated: Stated, value: Value) -> None:
    """Put another value in the document. Raises Refused, Invalid."""
    if reason := why_not_change(row):
        raise Refused(reason, code="frozen")
    statement = statement_at(row.document, stated.path)
    told = _("This value does not fit here.")
    if statement is None or "value" not in statement:
        told = _("A reading in words is confirmed as it is, or changed in a new version.")
        raise Invalid(told, fields={"value": [told]})
    if isinstance(value, bool) != isinstance(stated.value, bool):
        raise Invalid(told, fields={"value": [told]})
    document = with_values(row.document, {stated.path: value})
    try:
        read_standard(document, row.code)
    except Invalid as error:
        raise Invalid(told, fields={"value": [error.message]}) from error
    row.document, row.digest = document, digest(document)
    row.save(update_fields=["document", "digest"])
