"""Results of a round as plain rows: a household's key, its indicators, its class."""

import io
from collections.abc import Sequence
from typing import TextIO

from django.db import connection

from households.exchange.own_keys import HOUSEHOLD_PREFIX, sql_own_key

# A household without a key of the source (typed in, not imported) goes by its own number.
_ROWS = """
SELECT coalesce(k.key, {own_key}) COLLATE "C" AS household_id,
       {indicators}, a.deprivations, lower(a.poverty_class) AS class
FROM households_assessment a
JOIN households_survey s ON s.id = a.survey_id
LEFT JOIN (SELECT household_id, min(key COLLATE "C") AS key FROM households_householdkey
           WHERE source = %(source)s GROUP BY household_id) k ON k.household_id = s.household_id
WHERE a.round_id = %(round_id)s AND a.standard_id = %(standard_id)s
ORDER BY 1
"""

_INDICATOR = """
CASE WHEN a.unknown_bits >> {bit} & 1 = 0 THEN a.deprived_bits >> {bit} & 1 END AS "{code}"
"""


def write_csv(
    stream: TextIO | io.TextIOBase,
    *,
    round_id: int,
    standard_id: int,
    indicator_codes: Sequence[str],
    source: str,
) -> None:
    """Write one line per assessed household, ordered by household_id (by bytes), with a heading.

    One 0/1 column per indicator in the standard's order, empty where facts are missing; `class`
    is poor, near_poor, average, not_poor, or empty where it cannot be told. Streams by COPY.
    """
    indicators = ", ".join(
        _INDICATOR.format(bit=bit, code=code).strip() for bit, code in enumerate(indicator_codes)
    )
    with connection.cursor() as cursor:
        rows = cursor.mogrify(
            _ROWS.format(
                indicators=indicators,
                own_key=sql_own_key(HOUSEHOLD_PREFIX, "s.household_id"),
            ),
            {"source": source, "round_id": round_id, "standard_id": standard_id},
        ).decode()
        cursor.copy_expert(f"COPY ({rows}) TO STDOUT WITH (FORMAT csv, HEADER)", stream)
