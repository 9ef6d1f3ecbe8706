"""What a list that is taken over would change, household by household, and the sheet itself to be
laid beside the paper."""

import json
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from households.models.people import code_of
from households.services.imports.differences import MOST_HOUSEHOLDS, Difference


@dataclass(frozen=True)
class Absent:
    """A household on povreg's list that the sheet does not have: it goes off the list."""

    code: str
    head_name: str
    village: str
    poverty_class: str


@dataclass(frozen=True)
class Listed:
    """A household of the sheet, to be laid beside the paper. `persons` None: not told; `becomes`:
    new (to the register), listed (new on the list), other (another class than before), same."""

    line: int
    listed_no: str
    head_name: str
    village: str
    poverty_class: str
    persons: int | None
    becomes: str


@dataclass(frozen=True)
class Told:
    """Of each the first thousand; `absent_count` are all."""

    differences: list[Difference] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    absent_count: int = 0
    listed: list[Listed] = field(default_factory=list)


def of_sheet(given: dict[str, Any]) -> Told:
    """After everything is matched. Five statements."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES, {**given, "most": MOST_HOUSEHOLDS})
        differences = [
            Difference(line, code_of(pk), head, [tuple(one) for one in json.loads(fields)])
            for line, pk, head, fields in cursor.fetchall()
        ]
        by_line = {one.line: one for one in differences}
        cursor.execute(_COMING_IN, {"lines": list(by_line)})
        for line, name in cursor.fetchall():
            by_line[line].members.append((name, "new", []))
        cursor.execute("SELECT count(*) FROM absent_household")
        absent_count = cursor.fetchone()[0]
        cursor.execute(_ABSENT, {"most": MOST_HOUSEHOLDS})
        absent = [Absent(code_of(pk), *rest) for pk, *rest in cursor.fetchall()]
        cursor.execute(_LISTED, {"most": MOST_HOUSEHOLDS})
        listed = [Listed(*row) for row in cursor.fetchall()]
    return Told(differences, absent, absent_count, listed)


# What changes of a household that the register knows: its class, and what is filled in of its
# head; members that come in are told by their names. A number by its last digits.
_DIFFERENCES: Final = """
SELECT h.line, h.household_id, h.full_name,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(d.name, d.was, d.becomes)), '[]')::text
        FROM (VALUES
          ('poverty_class', coalesce(p.poverty_class, ''),
           CASE WHEN h.becomes = 'same' THEN coalesce(p.poverty_class, '')
                ELSE coalesce(h.poverty_class, '') END),
          ('birth_date', coalesce(known.birth_date, r.birth_date)::text, r.birth_date::text),
          ('cccd', '', CASE WHEN known.id IS NOT NULL AND known.personal_id IS NULL
                                 AND r.personal_id IS NOT NULL
                            THEN '•••' ELSE '' END)
        ) AS d(name, was, becomes)
        WHERE d.was IS DISTINCT FROM d.becomes
          AND (d.name <> 'birth_date' OR (known.id IS NOT NULL AND known.birth_date IS NULL))
       ) AS fields
FROM listed_head h
JOIN listed_row r ON r.line = h.line
LEFT JOIN households_statusperiod p ON p.household_id = h.household_id AND p.valid_to IS NULL
  AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
LEFT JOIN listed_person lp ON lp.line = h.line
LEFT JOIN households_person known ON known.id = lp.person_id AND NOT lp.is_new
WHERE h.becomes IN ('listed', 'other') OR (h.becomes = 'same' AND (
  (known.personal_id IS NULL AND known.id IS NOT NULL AND r.personal_id IS NOT NULL)
  OR EXISTS (SELECT 1 FROM listed_person m WHERE m.head_line = h.line AND NOT m.belongs)))
ORDER BY h.line LIMIT %(most)s
"""

_COMING_IN: Final = """
SELECT p.head_line, r.full_name FROM listed_person p JOIN listed_row r ON r.line = p.line
WHERE p.head_line = ANY(%(lines)s) AND NOT p.belongs ORDER BY p.line
"""

_ABSENT: Final = """
SELECT a.household_id, coalesce(k.head_name, ''), v.name, a.poverty_class
FROM absent_household a
JOIN households_area v ON v.id = a.village_id
LEFT JOIN households_householdcard k ON k.household_id = a.household_id
ORDER BY v.name, k.head_name, a.household_id LIMIT %(most)s
"""

_LISTED: Final = """
SELECT h.line, coalesce(h.listed_no, ''), h.full_name, coalesce(v.name, h.village, ''),
       coalesce(h.poverty_class, ''),
       coalesce(h.household_size, CASE WHEN EXISTS (
         SELECT 1 FROM listed_row WHERE NOT is_head) THEN h.people END),
       coalesce(h.becomes, '')
FROM listed_head h LEFT JOIN households_area v ON v.id = h.village_id
ORDER BY coalesce(v.folded_name, povreg_fold(h.village)), h.line LIMIT %(most)s
"""
