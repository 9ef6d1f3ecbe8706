"""Whether results under a standard are for trying alone: it is not complete, or the department did
not vouch for a number that decides.

A round may be scored under the standard of the next period before its numbers are confirmed. Nobody
is decided on by it; pages, papers and searches ask here which it is.
"""

from collections.abc import Collection

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from households.models import PovertyStandard
from households.scoring import Label
from households.scoring import Standard as StandardRules
from households.scoring.document import Stated

_MOST_KEPT_RULES = 64
_standard_rules: dict[str, StandardRules] = {}


def rules_of(standard: PovertyStandard) -> StandardRules:
    """The standard's document as rules. Read once per version and process."""
    if standard.digest not in _standard_rules:
        if len(_standard_rules) >= _MOST_KEPT_RULES:
            _standard_rules.clear()
        _standard_rules[standard.digest] = StandardRules.from_document(standard.document)
    return _standard_rules[standard.digest]


def latest_confirmed(standard: PovertyStandard) -> dict[str, object]:
    """Path to the value last vouched for by the department. One query, none if prefetched."""
    return {given.path: given.value for given in standard.confirmations.all()}


def confirmed_paths(standard: PovertyStandard) -> frozenset[str]:
    """Paths whose value the department vouched for and which still stands. One query, none if
    the confirmations are prefetched."""
    said = latest_confirmed(standard)
    stands = {stated.path: _as_stored(stated.value) for stated in rules_of(standard).statements()}
    return frozenset(
        path
        for path, value in said.items()
        if path in stands and (stands[path], type(stands[path])) == (value, type(value))
    )


def _as_stored(value: object) -> object:
    """Lists come back from the database as lists."""
    return list(value) if isinstance(value, tuple) else value


def why_trial(standard: PovertyStandard, income_bases: Collection[str] | None = None) -> str | None:
    """Why results under a standard are for trying alone, whoever asks: it is not complete, or
    nobody confirmed a number that decides. No query where its file vouches for everything, else
    one."""
    rules = rules_of(standard)
    if not rules.complete:
        return _("%(standard)s is not complete: %(reason)s") % {
            "standard": _named(rules),
            "reason": _worded(rules.incomplete_because),
        }
    return _why_weak(standard, rules, income_bases)


def _why_weak(
    standard: PovertyStandard, rules: StandardRules, income_bases: Collection[str] | None
) -> str | None:
    blocking = {
        stated.path: stated
        for basis in (income_bases if income_bases is not None else [None])
        for stated in rules.blocking(basis)
    }
    if not blocking:
        return None
    confirmed = confirmed_paths(standard)
    for path, stated in blocking.items():
        if path not in confirmed:
            return not_confirmed(rules, stated)
    return None


def not_confirmed(rules: StandardRules, stated: Stated) -> str:
    words = _(
        "The department has not confirmed this number of %(standard)s: %(number)s (%(path)s)."
    )
    return words % {
        "standard": _named(rules), "number": _worded(stated.doubt), "path": stated.path,
    }  # fmt: skip


def _named(rules: StandardRules) -> str:
    return rules.name.in_language(get_language() or "vi")


def _worded(label: Label | None) -> str:
    return label.in_language(get_language() or "vi") if label else ""
