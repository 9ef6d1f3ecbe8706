"""Certificates that the commune had issued on paper: they keep their numbers, and the series goes
on behind them. Read from the sheet of the list; nothing is numbered here."""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from households import clock
from households.models.certificates import CERTIFIED
from households.services import certificates
from households.services.imports.problems import LISTED, ProblemLog
from households.services.taking_over.facts import ListFacts

# "0012/2025/GCN-HN.HCN", "12/GCN" or "12". Without a year it is of the year of its own day, else of
# the decision's; without a day it is of the decision's day, or of the day the list counts from.
_READ: Final = r"""
DROP TABLE IF EXISTS listed_certificate;
CREATE TEMP TABLE listed_certificate ON COMMIT DROP AS
SELECT line, household_id, number_on_paper, serial, issued_on,
       coalesce(year, extract(year FROM issued_on))::int AS year
FROM (
  SELECT *, coalesce(certificate_on, CASE
           WHEN year IS NULL OR year = extract(year FROM %(decided_on)s::date)
             THEN %(decided_on)s::date
           WHEN year = extract(year FROM %(counts_from)s::date) THEN %(counts_from)s::date
         END) AS issued_on
  FROM (
    SELECT h.line, h.household_id, r.certificate_no AS number_on_paper, r.certificate_on,
           substring(r.certificate_no FROM '^\D*0*([0-9]{1,6})(?![0-9])')::int AS serial,
           substring(r.certificate_no FROM '[/.-]\s*((?:19|20)[0-9]{2})(?![0-9])')::int AS year
    FROM listed_head h JOIN listed_row r ON r.line = h.line
    WHERE r.certificate_no IS NOT NULL) read_number) read_day
"""

# Who has a certificate in force keeps it; the one that its place on the list took with it is gone.
_KEEP: Final = """
INSERT INTO households_certificate
  (household_id, commune_id, period_id, poverty_class, year, serial, issued_on, signed_by,
   signer_title, state, reissue_reason, handed_to, handed_over_on, recorded_by_id)
SELECT c.household_id, %(commune)s, p.id, p.poverty_class, c.year, c.serial, c.issued_on,
       %(signed_by)s, %(signer_title)s, 'IN_FORCE', '', left(h.full_name, 120), c.issued_on, %(by)s
FROM listed_certificate c
JOIN listed_head h ON h.line = c.line
JOIN households_statusperiod p ON p.household_id = c.household_id AND p.valid_to IS NULL
  AND p.list_owner_id IS NULL AND p.poverty_class = ANY(%(classes)s)
WHERE NOT EXISTS (SELECT 1 FROM households_certificate x
                  WHERE x.household_id = c.household_id AND x.state = 'IN_FORCE')
ORDER BY c.line
"""


def read(facts: ListFacts, log: ProblemLog) -> None:
    """Fill listed_certificate; note numbers and days that cannot be. Some six statements."""
    given: dict[str, Any] = {
        "decided_on": facts.paper.decided_on,
        "counts_from": facts.effective_from,
        "commune": facts.commune.pk,
        "today": clock.today(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_READ, given)
    log.add_rows(
        LISTED, "certificate_no", "certificate_unread",
        _("This is no number of a certificate, such as 0012/2025/GCN-HN.HCN."),
        "SELECT line, number_on_paper FROM listed_certificate WHERE coalesce(serial, 0) = 0",
    )  # fmt: skip
    log.add_rows(
        LISTED, "certificate_on", "certificate_day",
        _("The day of issue is missing, is still to come, or is not of the year of the number."),
        """
        SELECT line, coalesce(to_char(issued_on, 'DD/MM/YYYY'), number_on_paper)
        FROM listed_certificate
        WHERE issued_on IS NULL OR issued_on > %(today)s OR extract(year FROM issued_on) <> year
        """,
        given,
    )  # fmt: skip
    log.add_rows(
        LISTED, "certificate_no", "certificate_twice",
        _("Another household has a certificate with this number."),
        """
        SELECT line, number_on_paper FROM listed_certificate c
        WHERE EXISTS (SELECT 1 FROM listed_certificate o
                      WHERE o.serial = c.serial AND o.year = c.year AND o.line < c.line)
           OR EXISTS (SELECT 1 FROM households_certificate x
                      WHERE x.commune_id = %(commune)s AND x.serial = c.serial
                        AND x.year = c.year AND x.household_id <> c.household_id)
        """,
        given,
    )  # fmt: skip
    log.add_rows(
        LISTED, "certificate_no", "certificate_stays",
        _("The household has a certificate with another number in povreg; if it stays on the list"
          " in its class, that one stays."),
        """
        SELECT c.line, c.number_on_paper FROM listed_certificate c
        JOIN households_certificate x ON x.household_id = c.household_id AND x.state = 'IN_FORCE'
        WHERE (x.serial, x.year) IS DISTINCT FROM (c.serial, c.year)
        """,
        is_warning=True,
    )  # fmt: skip


def keep(facts: ListFacts, by: int) -> None:
    """Certificates of places that this list ended are withdrawn; those of the sheet come in, handed
    over already, signed as the decision is. Three statements, inside the act of the list."""
    certificates.withdraw_ended(commune=facts.commune)
    given: dict[str, Any] = {
        "commune": facts.commune.pk,
        "classes": [str(one) for one in CERTIFIED],
        "signed_by": facts.paper.decided_by.strip(),
        "signer_title": facts.paper.signer_title or "CHAIR",
        "by": by,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, given)
