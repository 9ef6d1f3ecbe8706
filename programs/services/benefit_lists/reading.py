"""A list read, judged and (with `commit`) recorded, in one transaction."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from households.errors import Invalid
from households.models import ImportColumns
from households.models.area_reach import branches_through_time
from households.queries.row_matching import match_rows
from households.services.constraint_messages import told_plainly
from programs.choices import Recipient
from programs.exchange import benefit_list
from programs.exchange.benefit_list import BenefitSheet
from programs.models import Benefit, BenefitList, Programme
from programs.services.benefit_lists import judging, subjects, writing
from programs.services.benefit_lists.staging import Staging


def read(
    listed: BenefitList,
    path: Path,
    *,
    commit: bool,
    tell: Callable[[int], None] = lambda rows: None,
) -> dict[str, Any]:
    """Judge the rows of the file and keep them; gives what to keep of the list: `reading` and
    `counts`. With `commit` its benefits are recorded, unless rows are in error and not only the
    good ones are wanted: then nothing is, and "recorded" is False. `tell` hears how many rows were
    read.

    In an act. Raises Invalid: the file cannot be read. A fixed number of statements, and some for
    each day on which somebody received.
    """
    sheet = opened(listed, path)
    of_members = listed.programme.recipient == Recipient.PERSON
    branches = branches_through_time([listed.area_id])[listed.area_id]
    # Two lists of one programme are recorded one after the other: what is on record is then known.
    Programme.objects.select_for_update(no_key=True).get(pk=listed.programme_id)
    staging = Staging(listed, sheet, branches, tell)
    if not staging.fill():
        raise Invalid(_("No row below the headings is about anybody."))
    # A row a payment: the same one may stand in several.
    match_rows(
        staging.keys, area=listed.area, on=listed.listed_on, source=_source(listed),
        of_members=of_members, each_once=False,
    )  # fmt: skip
    subjects.find(listed, branches)
    subjects.hold_grounds(listed.programme)
    judging.judge(listed, of_members=of_members)
    counts = judging.counted()
    records = commit and (listed.good_only or not counts["in_error"])
    with told_plainly(Benefit):
        writing.keep_rows(listed, commit=records)
    if records:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE programs_benefit")
    told = asdict(sheet.head) | {
        "passed_over": sheet.passed_over,
        "signature": sheet.head.signature,
    }
    return {"reading": told, "counts": counts, "recorded": records}


def opened(listed: BenefitList, path: Path) -> BenefitSheet:
    """The sheet, with the columns that its sender chose for these headings before. Raises
    Invalid."""
    try:
        sheet = benefit_list.opened(path, listed.file_name)
    except (ValueError, ArithmeticError, LookupError, MemoryError) as fault:
        # A job that fails in another way is begun again and again.
        raise Invalid(
            _("The file cannot be read. Open it in Excel, save it as a new .xlsx and send that.")
        ) from fault
    chosen = ImportColumns.objects.filter(user=listed.sent_by, signature=sheet.head.signature)
    columns = chosen.values_list("columns", flat=True).first()
    if columns and len(columns) == len(sheet.head.headings):
        sheet.head.columns = list(columns)
    return sheet


def _source(listed: BenefitList) -> str:
    """Whose keys files of the province carry."""
    province = listed.area
    while province.parent is not None:
        province = province.parent
    return province.code or ""
