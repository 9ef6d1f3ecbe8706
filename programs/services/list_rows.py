"""Who stands on a list that is being drawn up, and what is asked for each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.errors import Invalid, Words
from households.models import Area, HouseholdCard, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices import AmountPer, Doubt, ProgrammeKind
from programs.choices.support_lists import ListState
from programs.models import ProgrammeTerms, SupportList, SupportListRow
from programs.queries import list_candidates
from programs.queries.list_candidates import DUE, Candidate, Key, Stands
from programs.services.benefit_checks import Given, check_amount
from programs.services.support_lists import locked
from programs.workflow.support_lists import MONTHS_OF_A_SCHOOL_YEAR, SCHOOLING

_NAMED = 5
_LONGEST_LOAN_MONTHS = 600


@dataclass(frozen=True)
class Asked:
    """What is asked for a row: of a loan the amount in đồng, purpose (LoanPurpose), months and
    savings group; of schooling the months of the school year, which make the amount."""

    amount_vnd: int | None = None
    months: int | None = None
    purpose: str = ""
    loan_months: int | None = None
    savings_group: str = ""


def put_due(*, support_list: SupportList, by: User, only_wishing: bool = False) -> int:
    """Put everybody entitled and not served on the list, and cards that end soon; those on another
    list or waiting for an answer stay off, with `only_wishing` those too who wish nothing of the
    kind. How many came on. Raises Refused, Conflict. Some twenty statements, however many come."""
    with transaction.atomic():
        found = locked(support_list, by, ListState.DRAFT)
        there = set(found.rows.values_list("household", "person"))
        new = [
            one
            for one in _candidates(found)
            if one.stands in DUE and one.key not in there and (one.wishes or not only_wishing)
        ]
        _put(found, new, by)
    return len(new)


def choose(
    *, support_list: SupportList, village: Area, chosen: Collection[Key], by: User
) -> tuple[int, int]:
    """Leave exactly these of a village on the list: how many came on and went off. Raises Refused,
    Conflict, Invalid naming those who are not entitled on the day, or stand on another list or
    wait for an answer. Some twenty statements."""
    with transaction.atomic():
        found = locked(support_list, by, ListState.DRAFT)
        there = found.rows.filter(village=village)
        before = {(row.household_id, row.person_id): row.pk for row in there}
        wanted = {one.key: one for one in _candidates(found, village)}
        coming = set(chosen) - set(before)
        _check_coming(found, coming, wanted)
        leaving = [pk for key, pk in before.items() if key not in set(chosen)]
        _put(found, [wanted[key] for key in sorted(coming, key=str)], by, leaving=leaving)
    return len(coming), len(leaving)


def _candidates(found: SupportList, village: Area | None = None) -> list[Candidate]:
    return list_candidates.candidates(
        found.programme, found.listed_on, school_year=found.school_year, commune=found.commune,
        village=village, apart_from=found.pk,
    )  # fmt: skip


def _check_coming(found: SupportList, coming: set[Key], wanted: Mapping[Key, Candidate]) -> None:
    if strange := coming - set(wanted):
        # What was sent may be anybody's number: only households of the commune are named.
        own = HouseholdCard.objects.filter(
            household__in={household for household, _person in strange},
            village__parent=found.commune,
        )
        if known := {(pk, None) for pk in own.values_list("household", flat=True)}:
            told = _("Not entitled on the day of the list: %(names)s.")
            raise Invalid(told % {"names": named(known)})
        raise Invalid(_("Somebody ticked is not entitled on the day of the list."))
    busy = {key for key in coming if wanted[key].stands is Stands.ON_THE_WAY}
    if busy:
        raise Invalid(
            _("On another list of this programme, or waiting for its answer: %(names)s.")
            % {"names": named(busy)}
        )


def named(keys: Collection[Key]) -> str:
    """The first names and how many more. Two queries."""
    first = sorted(list_candidates.names(sorted(keys, key=str)[:_NAMED]).values())
    more = len(keys) - len(first)
    told = ", ".join(first)
    if more <= 0:
        return told
    return ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more) % {
        "names": told,
        "count": more,
    }


def _put(
    found: SupportList,
    new: Iterable[Candidate],
    by: User,
    *,
    leaving: Collection[int] = (),
) -> None:
    coming = list(new)
    if not coming and not leaving:
        return
    terms = ProgrammeTerms.objects.in_bulk({one.terms_id for one in coming})
    with told_plainly(SupportListRow), audit.act(
        by=by, verb="support_list.put", area=found.commune, subject=found,
        details={"put": len(coming), "taken_off": len(leaving)},
    ):  # fmt: skip
        SupportListRow.objects.filter(pk__in=leaving).delete()
        if coming:
            _insert(found, coming, terms)


def _insert(
    found: SupportList, coming: Sequence[Candidate], terms: Mapping[int, ProgrammeTerms]
) -> None:
    """In one statement: a commune's list has thousands of rows."""
    months = [_months(found, terms[one.terms_id]) for one in coming]
    columns: list[list[Any]] = [
        [one.household_id for one in coming],
        [one.person_id for one in coming],
        [one.village_id for one in coming],
        [one.terms_id for one in coming],
        [one.school_level for one in coming],
        months,
        [amount_of(terms[one.terms_id], of) for one, of in zip(coming, months, strict=True)],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO programs_supportlistrow (support_list_id, programme_id, school_year,
                 on_draft, purpose, savings_group, household_id, person_id, village_id, terms_id,
                 school_level, months, amount_vnd)
               SELECT %s, %s, %s, true, '', '', v.*
               FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[],
                 %s::smallint[], %s::bigint[]) AS v""",
            [found.pk, found.programme_id, found.school_year, *columns],
        )


def _months(found: SupportList, terms: ProgrammeTerms) -> int | None:
    if found.programme.kind not in SCHOOLING:
        return None
    return int(terms.months_most or MONTHS_OF_A_SCHOOL_YEAR)


def amount_of(terms: ProgrammeTerms, months: int | None) -> int | None:
    """What the terms give for so many months of a school year, in đồng; None where they state no
    amount a month (a share of the fee, a loan)."""
    if terms.amount_vnd is None or terms.amount_per != AmountPer.MONTH or months is None:
        return None
    return int(terms.amount_vnd * months)


def ask(*, support_list: SupportList, asked: Mapping[int, Asked], by: User) -> int:
    """Keep what is asked for rows (by their key) of a list that is being drawn up; how many
    changed. Raises Refused, Conflict, Invalid: months or an amount over the terms, by
    "<row>.<field>". About eight statements."""
    with transaction.atomic():
        found = locked(support_list, by, ListState.DRAFT)
        rows = found.rows.filter(pk__in=asked).select_related("terms")
        changed = [row for row in rows if _changes(found, row, asked[row.pk])]
        fields: dict[str, list[Words]] = {}
        for row in changed:
            fields |= _faults(found, row)
        if fields:
            raise Invalid(_("Some rows go beyond what the terms give."), fields=fields)
        if changed:
            with told_plainly(SupportListRow), audit.act(
                by=by, verb="support_list.ask", area=found.commune, subject=found,
                details={"rows": len(changed)},
            ):  # fmt: skip
                names = ["amount_vnd", "months", "purpose", "loan_months", "savings_group"]
                SupportListRow.objects.bulk_update(changed, names, batch_size=500)
    return len(changed)


def _changes(found: SupportList, row: SupportListRow, asked: Asked) -> bool:
    """Put what is asked into the row; whether that changes it."""
    before = (row.amount_vnd, row.months, row.purpose, row.loan_months, row.savings_group)
    if found.programme.kind in SCHOOLING:
        row.months = asked.months
        row.amount_vnd = amount_of(row.terms, asked.months)
    elif found.programme.kind == ProgrammeKind.LOAN:
        row.amount_vnd, row.purpose = asked.amount_vnd, asked.purpose
        row.loan_months, row.savings_group = asked.loan_months, asked.savings_group.strip()
    return before != (
        row.amount_vnd, row.months, row.purpose, row.loan_months, row.savings_group
    )  # fmt: skip


def _faults(found: SupportList, row: SupportListRow) -> dict[str, list[Words]]:
    fields: dict[str, list[Words]] = {}
    try:
        check_amount(
            found.programme, row.terms, Given(amount_vnd=row.amount_vnd, months=row.months)
        )
    except Invalid as fault:
        fields |= {f"{row.pk}.{name}": words for name, words in fault.fields.items()}
    if told := loan_months_fault(row.terms, row.loan_months):
        fields[f"{row.pk}.loan_months"] = [told]
    return fields


def loan_months_fault(terms: ProgrammeTerms | None, months: int | None) -> str:
    """What is wrong with the months of a loan; "" for nothing. A length in doubt refuses none."""
    most = _LONGEST_LOAN_MONTHS
    in_doubt = terms and terms.doubts.get("loan_months_most") == Doubt.WEAK
    if terms and terms.loan_months_most and not in_doubt:
        most = terms.loan_months_most
    if months is None or 1 <= months <= most:
        return ""
    return _("From 1 to %(most)s months.") % {"most": most}
