"""Forms of a trial whose class cannot be told: its standard is not complete, so "0 poor" would say
more than anybody knows."""

from django.utils.translation import ngettext

from reports.choices import FigureStatus
from reports.queries import facts, units
from reports.queries.questions import Question
from reports.queries.rows import fetched


def undetermined(question: Question) -> int:
    """Complete forms of the area without a class under a standard that is a trial; 0 of any other.
    One statement, or none."""
    if not question.trial:
        return 0
    rows = facts.select(FigureStatus.PRELIMINARY)
    sql = f"SELECT count(*) AS forms FROM ({rows}) a {units.HERE} WHERE a.poverty_class IS NULL"
    [found] = fetched(sql, question.values)
    return int(found["forms"])


def sentence(question: Question) -> str:
    """That they are in no figure; "" where there are none."""
    count = undetermined(question)
    words = ngettext(
        "%(count)s form has no result under this standard yet; it is in no figure.",
        "%(count)s forms have no result under this standard yet; they are in no figure.",
        count,
    )
    return words % {"count": count} if count else ""
