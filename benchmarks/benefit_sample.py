"""A province with families on and off the official list, at a scale, for lists of support."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from households.choices import Role, TraitKind
from households.models import Area, User
from households.services.system_user import system_user
from programs.services import programmes
from tests.factories import areas, families, reviews, users

COMMUNES: Final = 108
DISTRICTS: Final = 8
MEMBERS: Final = 4
#: Households by what the official list says of them.
HOUSEHOLDS: Final = {"poor": 12_000, "near_poor": 6_000, "newly_escaped": 2_000}

_FILL: Final = """
CREATE TEMPORARY TABLE drawn ON COMMIT DROP AS
SELECT %(household)s + i AS household, %(person)s + %(members)s * i + k AS person, k, i,
  (%(villages)s::bigint[])[1 + (i - 1) %% cardinality(%(villages)s::bigint[])] AS village,
  'Người Thử ' || i || ' ' || k AS name
FROM generate_series(1, %(count)s) i, generate_series(0, %(members)s - 1) k;
INSERT INTO households_household (id, end_reason, phone) OVERRIDING SYSTEM VALUE
  SELECT household, '', '' FROM drawn WHERE k = 0;
INSERT INTO households_person (id, full_name, sex, birth_date, birth_precision)
  OVERRIDING SYSTEM VALUE
  SELECT person, name, 'F', make_date(1970 + (k * 12)::int, 3, 4), 'DAY' FROM drawn;
INSERT INTO households_membership (household_id, person_id, relation, valid_from)
  SELECT household, person, CASE k WHEN 0 THEN 'head' ELSE 'child' END, '2020-01-01' FROM drawn;
INSERT INTO households_residence (household_id, village_id, valid_from)
  SELECT household, village, '2020-01-01' FROM drawn WHERE k = 0;
INSERT INTO households_householdcard
  (household_id, head_name, members, village_id, folded_names)
  SELECT household, name, %(members)s, village, '' FROM drawn WHERE k = 0;
INSERT INTO households_statusperiod (household_id, standard_id, poverty_class, valid_from, valid_to,
    decision_in_id, decision_out_id, how_in, how_out)
  SELECT household, %(standard)s,
    CASE WHEN i > %(poor)s AND i <= %(near)s THEN 'NEAR_POOR' ELSE 'POOR' END, '2021-01-01',
    CASE WHEN i > %(near)s THEN date '2022-06-30' END, %(decision)s,
    CASE WHEN i > %(near)s THEN %(decision)s END, 'ADOPTED',
    CASE WHEN i > %(near)s THEN 'ESCAPED' ELSE '' END
  FROM drawn WHERE k = 0;
"""
_FILLED: Final = ("household", "person", "membership", "residence", "householdcard",
                  "statusperiod", "area")  # fmt: skip


@dataclass
class Sample:
    """A province filled at a scale: communes in order, its households numbered from `first`."""

    province: Area
    communes: list[Area]
    officer: User
    first: int
    households: dict[str, range]

    def commune_of(self, number: int) -> Area:
        """Where household `number` (from 1) lives."""
        return self.communes[(number - 1) % len(self.communes)]


def sample(scale: float) -> Sample:
    """A province with districts, communes and families; inside a transaction."""
    programmes.load(by=system_user())
    province = areas.province("97", "Tỉnh Thử")
    communes: list[Area] = []
    for number in range(max(2, round(COMMUNES * min(1, scale * 20)))):
        if number % (COMMUNES // DISTRICTS + 1) == 0 or not communes:
            district = areas.district(province, f"{900 + number}", f"Huyện {number}")
            families.trait(district, TraitKind.POOR_DISTRICT, "YES")
        communes.append(areas.commune(district, f"{97000 + number}", f"Xã {number}"))
    standard = reviews.standard()
    review = reviews.periodic(province, 2020, standard)
    officer = users.user("bench department", Role.DEPARTMENT, province)
    decision = families.decided(communes[0], review, standard, officer)
    for one in communes[1:]:
        families.decided(one, review, standard, officer)
    counts = {name: max(3, int(number * scale)) for name, number in HOUSEHOLDS.items()}
    poor, near, escaped = counts.values()
    villages = [areas.village(one, "Thôn Một").pk for one in communes]
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM households_household")
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT coalesce(max(id), 0) FROM households_person")
        cursor.execute("SELECT coalesce(max(id), 0) FROM households_person")
        given = {
            "household": first, "person": cursor.fetchone()[0], "members": MEMBERS,
            "count": poor + near + escaped, "villages": villages, "standard": standard.pk,
            "decision": decision.pk, "poor": poor, "near": poor + near,
        }  # fmt: skip
        cursor.execute(_FILL, given)
        for table in _FILLED:
            cursor.execute(f"ANALYZE households_{table}")
    ranges = {
        "poor": range(1, poor + 1),
        "near_poor": range(poor + 1, poor + near + 1),
        "newly_escaped": range(poor + near + 1, poor + near + escaped + 1),
    }
    return Sample(province, communes, officer, first, ranges)
