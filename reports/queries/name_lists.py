"""The households of a class as their list names them: with members, how each came onto the list,
and what help it wants or has. Streamed, so memory does not grow with the list."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection

from households.choices import AreaLevel, Relation
from households.models import Person, SurveyMember
from programs.choices import ProgrammeKind
from programs.workflow import SERVED_STATES
from reports.choices import FigureStatus
from reports.queries import completeness, facts, list_changes, units
from reports.queries.list_changes_sql import ARRIVED, FELL_BACK
from reports.queries.questions import Question

#: How a household came onto the list since the closing before, as T2 and T3 tell it.
CAME: Final = ("from_near_poor", "from_poor", "relapsed", "new_entry", "other_in")
#: The one of the support columns for what answers none of the wants.
OTHER: Final = "other"


class Place(NamedTuple):
    """Where a household counts: its commune on the round's day, and its village."""

    commune: int
    commune_code: str
    commune_name: str
    village: int
    village_code: str
    village_name: str


class Member(NamedTuple):
    """As the form has him, or the register where there is no form. `relation` is a code or "";
    `place` is his number in the form, or his key in the register."""

    name: str
    sex: str
    birth_year: int | None
    ethnic_group: str | None
    relation: str
    place: int = 0


class ListedHousehold(NamedTuple):
    """A household of the list, the head first among its members. `came` is one of CAME, None for
    who was on the list before. `merit`, `is_minority`, `no_labour` are None without a form.
    `support` are codes of the list support_wanted: what it wants, or has been given."""

    household_id: int
    place: Place
    came: str | None
    has_form: bool
    is_minority: bool | None
    no_labour: bool | None
    merit: bool | None
    support: frozenset[str]
    members: tuple[Member, ...]
    #: The form that members are of, where there is one.
    survey_id: int | None = None


_HEAD: Final = Relation.HEAD.value
_SERVED: Final = ", ".join(f"'{one.value}'" for one in sorted(SERVED_STATES))
_PLACE: Final = "c.id, c.code, c.name, v.id, v.code, v.name"

# Members of a household side by side, the head first: sent once a household, not once a member.
_MEMBERS: Final = ", ".join(
    f"array_agg({cell} ORDER BY (m.relation = '{_HEAD}') DESC, m.place) AS {name}"
    for name, cell in (
        ("names", "m.full_name"), ("sexes", "m.sex"),
        ("birth_years", "extract(year FROM m.birth_date)::int"), ("ethnic_groups", "g.name"),
        ("relations", "m.relation"), ("places", "m.place"),
    )
)  # fmt: skip

# As T2 and T3 tell it (list_changes_sql), of the households of the list and of those they split off
# from or took in alone.
_CAME: Final = f"""
before AS MATERIALIZED (
  SELECT * FROM ({{then}}) f WHERE household_id IN (
    SELECT household_id FROM placed
    UNION SELECT e.household_id FROM households_householdevent e
          JOIN placed ON placed.household_id = e.other_household_id)
), edges AS (
  SELECT coalesce({{opened}}, %(then_as_of)s::date) AS opened,
         coalesce({{closed}}, %(now_as_of)s::date) AS closed
), homes AS (
  SELECT * FROM unnest(%(all_villages)s::bigint[], %(homes)s::bigint[]) AS h (village_id, home_id)
), sides AS MATERIALIZED (
  SELECT p.household_id, b.poverty_class AS was, %(this)s AS became,
    coalesce(oh.home_id = ch.home_id, false) AS stayed
  FROM placed p LEFT JOIN before b ON b.household_id = p.household_id
  LEFT JOIN homes oh ON oh.village_id = b.village_id
  LEFT JOIN homes ch ON ch.village_id = p.village_id
), came AS MATERIALIZED (
  SELECT household_id,
    CASE WHEN stayed AND was = %(other)s THEN %(from_other)s
         WHEN was IN ('POOR', 'NEAR_POOR') OR {ARRIVED} THEN 'other_in'
         WHEN {FELL_BACK} THEN 'relapsed'
         ELSE 'new_entry' END AS cell
  FROM sides CROSS JOIN edges WHERE NOT (was IS NOT DISTINCT FROM %(this)s AND stayed)
)
"""
_LAST_DAY: Final = f"""
(SELECT max(effective_from) FROM households_recognitiondecision
 WHERE round_id = %({{prefix}}_round)s AND standard_id = %({{prefix}}_standard)s
   AND origin IN ({", ".join(f"'{one.value}'" for one in facts.OF_A_LIST)}))
"""
#: Where there is nothing to compare with.
_NOBODY_CAME: Final = "came AS (SELECT NULL::bigint AS household_id, NULL AS cell WHERE false)"

# What a benefit counts as is the first want that its programme answers. It is in force while it is
# valid, or in the year of the round up to the day of the list.
_STATEMENT: Final = """
WITH placed AS MATERIALIZED (
  SELECT a.household_id, a.survey_id, a.has_form, a.day, a.village_id, a.is_minority, a.no_labour,
    a.merit
  FROM ({facts}) a {here} WHERE a.poverty_class = %(this)s
), {came}, given AS (
  SELECT b.household_id, array_agg(DISTINCT coalesce(p.answers_wants ->> 0, '{other}')) AS wants
  FROM placed JOIN programs_benefit b ON b.household_id = placed.household_id
  JOIN programs_programme p ON p.id = b.programme_id AND p.kind <> '{outreach}'
  WHERE b.state IN ({served}) AND b.served_on <= placed.day
    AND (b.served_on >= %(year_from)s OR b.valid_to >= placed.day)
  GROUP BY 1
), named AS (
  SELECT p.household_id, s.member_no AS place, s.full_name, s.sex, s.birth_date, s.relation,
    s.ethnic_group_id
  FROM placed p JOIN households_surveymember s ON s.survey_id = p.survey_id WHERE p.has_form
  UNION ALL
  SELECT p.household_id, o.id, o.full_name, o.sex, o.birth_date, m.relation, o.ethnic_group_id
  FROM placed p JOIN households_membership m ON m.household_id = p.household_id
    AND m.valid_from <= p.day AND (m.valid_to IS NULL OR m.valid_to >= p.day)
  JOIN households_person o ON o.id = m.person_id
  WHERE NOT p.has_form
), members AS (
  SELECT m.household_id, {members}
  FROM named m LEFT JOIN households_ethnicgroup g ON g.id = m.ethnic_group_id
  GROUP BY 1
)
SELECT p.household_id, {place}, came.cell, p.has_form, p.is_minority, p.no_labour, p.merit,
  given.wants, ARRAY(SELECT jsonb_array_elements_text(s.support_wanted)),
  CASE WHEN p.has_form THEN p.survey_id END, m.*
FROM placed p
JOIN unnest(%(villages)s::bigint[], %(communes)s::bigint[], %(shown)s::bigint[])
  AS at (village_id, commune_id, shown_id)
  ON at.village_id = p.village_id
JOIN households_area v ON v.id = coalesce(at.shown_id, p.village_id)
JOIN households_area c ON c.id = coalesce(at.commune_id, v.parent_id)
LEFT JOIN came ON came.household_id = p.household_id
LEFT JOIN given ON given.household_id = p.household_id
LEFT JOIN households_survey s ON s.id = p.survey_id
LEFT JOIN members m ON m.household_id = p.household_id
ORDER BY c.code, c.id, v.folded_name, v.id, povreg_fold(m.names[1]), p.household_id
"""


def households(question: Question, poverty_class: str) -> Iterator[ListedHousehold]:
    """Of a class (POOR, NEAR_POOR) in the question's area, by commune and village, then by the
    head's name. One statement, through a cursor of the server."""
    changes = list_changes.source(question, poverty_class)
    statement = _STATEMENT.format(
        facts=facts.select(question.status), here=units.HERE, came=_came(question), other=OTHER,
        outreach=ProgrammeKind.COMMUNICATION.value, served=_SERVED, members=_MEMBERS, place=_PLACE,
    )  # fmt: skip
    own = {"year_from": dt.date(question.round.year, 1, 1)} | _places(question)
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, changes.values_with(question) | own)
        yield from map(_household, cursor)


def _places(question: Question) -> dict[str, list[int | None]]:
    """Of each village the commune and, on the map of another day, the village it is told in."""
    villages, commune_of = question.units.villages, question.units.commune_of
    communes = [commune_of.get(one) for one in villages]
    shown: list[int | None] = [None] * len(villages)
    if question.on != question.round.as_of:
        the_map = units.map_of(question.area)
        for at, now in enumerate(the_map.on(one, question.on) for one in villages):
            commune = now and the_map.above(now, AreaLevel.COMMUNE)
            if now and commune:
                communes[at] = commune.pk
                shown[at] = now.pk if now.level == AreaLevel.VILLAGE else None
    return {"communes": communes, "shown": shown}


def numbers(found: Sequence[ListedHousehold]) -> dict[tuple[int, int], str]:
    """Personal numbers by household and place of the member; those of the register before those of
    the form, none where nobody knows it. Two statements."""
    home_of = {one.survey_id: one.household_id for one in found if one.survey_id is not None}
    read = SurveyMember.objects.filter(survey__in=home_of).select_related("person")
    told = {
        (home_of[one.survey_id], one.member_no): (one.person and one.person.personal_id)
        or one.personal_id
        for one in read.only("survey_id", "member_no", "personal_id", "person__personal_id")
    }
    formless = [one for one in found if one.survey_id is None]
    persons = Person.objects.only("personal_id").in_bulk(
        [member.place for one in formless for member in one.members]
    )
    for one in formless:
        for member in one.members:
            told[one.household_id, member.place] = persons[member.place].personal_id
    return {key: number for key, number in told.items() if number}


def _came(question: Question) -> str:
    if question.opening is None:
        return _NOBODY_CAME
    edges = {
        name: _LAST_DAY.format(prefix=prefix) if status == FigureStatus.OFFICIAL else "NULL::date"
        for name, prefix, status in (
            ("opened", "then", question.opening.status), ("closed", "now", question.status),
        )
    }  # fmt: skip
    return _CAME.format(then=facts.select(question.opening.status, "then"), **edges)


def communes_with_whole_history(question: Question) -> set[int]:
    """Those in which a new entry is told from one that fell back (see T2). Two queries."""
    communes = set(question.units.commune_of.values())
    return completeness.complete(question.round, question.standard, communes)


def _household(row: tuple[Any, ...]) -> ListedHousehold:
    household, *rest = row
    came, has_form, is_minority, no_labour, merit, given, wanted, survey, _, *members = rest[6:]
    return ListedHousehold(
        household_id=household,
        place=Place(*rest[:6]),
        came=came,
        has_form=has_form,
        is_minority=is_minority,
        no_labour=no_labour,
        merit=merit,
        support=frozenset(given or ()) | frozenset(wanted or ()),
        members=tuple(map(Member._make, zip(*members, strict=True))) if members[0] else (),
        survey_id=survey,
    )
