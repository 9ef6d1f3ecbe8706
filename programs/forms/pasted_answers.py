"""Lines of the sheet that came back → answers of rows. A line is of a row only if its number and
its name both are: a sheet that was sorted or cut answers nobody else's."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from households.folding import fold
from programs.choices.support_lists import Outcome
from programs.exchange.list_sheet import AnswerLine
from programs.forms.list_answers import answer_of
from programs.queries.support_lists import Listed
from programs.services.list_answers import Answer

#: Of a loan; the months of a school year are checked by the service.
MOST_MONTHS = 600
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y")


#: Whole đồng, with groups of three or without; cents are nothing but noughts.
_MONEY = re.compile(r"(?P<whole>\d{1,3}(?:[.,]\d{3}){0,5}|\d{1,18})(?:[.,]0{1,2})?")


def _sum(text: str) -> int:
    digits = "".join(text.replace("đồng", "").replace("đ", "").split())
    found = _MONEY.fullmatch(digits)
    if not found:
        raise ValueError(text)
    return int(re.sub(r"[.,]", "", found["whole"]))


def _months(text: str) -> int:
    count = int(text.strip())
    if not 1 <= count <= MOST_MONTHS:
        raise ValueError(text)
    return count


def _day(text: str) -> dt.date:
    for form in _DAYS:
        try:
            return dt.datetime.strptime(text.split()[0], form).date()  # noqa: DTZ007 - a day only
        except ValueError:
            continue
    raise ValueError(text)


_READ: dict[str, Callable[[str], Any]] = {
    "amount_vnd": _sum,
    "months": _months,
    "loan_months": _months,
    "valid_from": _day,
    "valid_to": _day,
    "number": str,
    "reason": str,
}


def answers_of(
    lines: Iterable[AnswerLine], rows: Iterable[Listed], outcome: Outcome, common: Mapping[str, Any]
) -> tuple[dict[int, Answer], list[str]]:
    """Answers by the key of their row, and a sentence for each line that cannot be read or is
    nobody's. A line that tells a reason is a refusal."""
    by_number = {str(one.number): one for one in rows}
    found: dict[int, Answer] = {}
    faults = []
    for line in lines:
        one = by_number.get(line.listed_no)
        if one is None or fold(one.name) != fold(line.name):
            faults.append(
                _("Line %(line)s: no row waits with number %(number)s and name %(name)s.")
                % {"line": line.line, "number": line.listed_no or "–", "name": line.name or "–"}
            )
            continue
        if one.row.pk in found:
            faults.append(_("Line %(line)s: this row is told twice.") % {"line": line.line})
            continue
        told = {}
        for name, text in line.told.items():
            try:
                told[name] = _READ[name](text)
            except ValueError:
                faults.append(
                    _("Line %(line)s: “%(text)s” cannot be read.")
                    % {"line": line.line, "text": text}
                )
        is_refusal = bool(told.get("reason"))
        found[one.row.pk] = answer_of(Outcome.REFUSED if is_refusal else outcome, common, told)
    return found, faults


def line_faults(
    faults: Mapping[str, Iterable[Any]], lines: Iterable[AnswerLine], rows: Iterable[Listed]
) -> list[str]:
    """What a service said of "<row>.<field>", told by the line it came from."""
    numbers = {str(one.row.pk): str(one.number) for one in rows}
    at = {line.listed_no: line.line for line in lines}
    return [
        _("Line %(line)s: %(what)s")
        % {
            "line": at.get(numbers.get(path.split(".")[0], ""), "?"),
            "what": " ".join(map(str, said)),
        }
        for path, said in faults.items()
    ]
