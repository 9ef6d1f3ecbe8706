"""Pages of the poverty standards: the list, and one in readable form."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from households import clock, policies
from households.choices import PointTableState, Settlement
from households.models import Confirmation, PointTable, PovertyStandard
from households.scoring import IncomeLine, Indicator, Standard, Stated
from households.services import confirmations, standards
from households.services.confirmations import with_confirmations
from households.views import number_names, standard_words


@dataclass(frozen=True)
class Mark:
    """A number as it stands: its words, where it comes from, and whether it is vouched for."""

    path: str
    value: str
    source: str
    doubt: str
    is_confirmed: bool
    blocks: bool
    confirmation: Confirmation | None


@dataclass(frozen=True)
class StandardRow:
    """A line of the list."""

    standard: PovertyStandard
    name: str
    is_complete: bool
    waiting: int
    blocking: int
    table: PointTable | None
    is_current: bool


@require_safe
def standard_list(request: HttpRequest) -> HttpResponse:
    """Policy: whoever is logged in reads the standards."""
    found = with_confirmations(PovertyStandard.objects.order_by("-valid_from"))
    tables = PointTable.objects.filter(state=PointTableState.IN_FORCE).defer("document")
    in_force = {table.standard_id: table for table in tables}
    rows = [_row(standard, in_force.get(standard.pk)) for standard in found]
    return render(
        request,
        "households/standards/standard_list.html",
        {"rows": rows, "waiting": sum(row.waiting for row in rows)},
    )


def _row(standard: PovertyStandard, table: PointTable | None) -> StandardRow:
    rules = standards.rules_of(standard)
    waiting = [found for found in confirmations.unconfirmed(standard) if found.waits]
    return StandardRow(
        standard=standard,
        name=standard_words.label(rules.name),
        is_complete=rules.complete,
        waiting=len(waiting),
        blocking=sum(found.blocks for found in waiting),
        table=table,
        is_current=rules.in_force_on(clock.today()),
    )


@require_safe
def standard_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Policy: whoever is logged in reads the standards."""
    standard = get_object_or_404(with_confirmations(PovertyStandard.objects.all()), code=code)
    rules = standards.rules_of(standard)
    given = confirmations.standing(standard)
    waiting = [found for found in confirmations.unconfirmed(standard) if found.waits]
    return render(
        request,
        "households/standards/standard_detail.html",
        {
            "standard": standard,
            "rules": rules,
            "name": standard_words.label(rules.name),
            "incomplete": standard_words.label(rules.incomplete_because),
            "waiting": len(waiting),
            "blocking": sum(found.blocks for found in waiting),
            "lines": [_line(rules, line, given) for line in _lines_in_order(rules)],
            "class_rules": _class_rules(rules, given),
            "dimensions": _dimensions(rules, given),
            "parameters": _named(rules, rules.parameters.values(), given),
            "list_rules": _named(rules, rules.list_rules.values(), given),
            "tables": standard.point_tables.defer("document").order_by("-pk"),
            "why_not_enter": policies.why_not_confirm(request.user, standard),
        },
    )


def _mark(rules: Standard, stated: Stated, given: dict[str, Confirmation]) -> Mark:
    return Mark(
        path=stated.path,
        value=standard_words.value_in_words(stated.value, stated.unit),
        source="; ".join(standard_words.label(rules.sources[key]) for key in stated.source),
        doubt=standard_words.label(stated.doubt),
        is_confirmed=stated.confirmed or stated.path in given,
        blocks=stated in rules.blocking(),
        confirmation=given.get(stated.path),
    )


def _named(
    rules: Standard, found: Iterable[Stated], given: dict[str, Confirmation]
) -> list[tuple[str, Mark]]:
    return [(number_names.name_of(one.path), _mark(rules, one, given)) for one in found]


def _lines_in_order(rules: Standard) -> list[IncomeLine]:
    """From the lowest line up, as the rules of the class name them."""
    named = [rule.line for rule in rules.class_rules if rule.line]
    return [rules.lines[code] for code in dict.fromkeys([*named, *rules.lines])]


def _line(rules: Standard, line: IncomeLine, given: dict[str, Confirmation]) -> dict[str, object]:
    """One income line: its name, the income and the points for country and town."""
    return {
        "name": standard_words.label(line.name),
        "inclusive": _mark(rules, line.inclusive, given),
        "income_only": line.income_only,
        "income": [
            (Settlement(place).label, _mark(rules, stated, given))
            for place, stated in line.income_vnd.items()
        ],
        "points": [
            (Settlement(place).label, _mark(rules, stated, given))
            for place, stated in (line.points or {}).items()
        ],
    }


def _class_rules(
    rules: Standard, given: dict[str, Confirmation]
) -> list[tuple[standard_words.RuleRow, Mark]]:
    readings = [_mark(rules, rule.reading, given) for rule in rules.class_rules]
    return list(zip(standard_words.class_rules(rules), readings, strict=True))


def _dimensions(
    rules: Standard, given: dict[str, Confirmation]
) -> list[tuple[str, list[dict[str, object]]]]:
    return [
        (
            standard_words.label(dimension.name),
            [
                _indicator(rules, indicator, given)
                for indicator in rules.indicators
                if indicator.dimension == dimension.code
            ],
        )
        for dimension in rules.dimensions
    ]


def _indicator(
    rules: Standard, indicator: Indicator, given: dict[str, Confirmation]
) -> dict[str, object]:
    parameters = [_mark(rules, one, given) for one in indicator.parameters.values()]
    wording = _mark(rules, indicator.wording, given)
    return {
        "number": indicator.position + 1,
        "code": indicator.code,
        "name": standard_words.label(indicator.name),
        "words": standard_words.indicator_in_words(indicator),
        "wording": wording,
        "parameters": parameters,
        "waiting": sum(not mark.is_confirmed for mark in [wording, *parameters]),
    }
