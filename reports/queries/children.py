"""T11: children of poor and near-poor households and what they themselves lack. Children are
counted, not households, by the same readings that find the household deprived."""

from households.scoring import Standard
from households.scoring.member_tests import AgeBelow, AllOf, MemberTest
from households.scoring.readings import AnyMember
from households.scoring.sql_roster import Bindings, RosterSql
from households.services import standards
from reports.queries import cells, facts
from reports.queries.cells import Cell, Key, Source
from reports.queries.questions import Question
from reports.queries.rows import NO_CHILD_AGE, NO_INDICATOR, NOT_ENOUGH, Line, Row

#: Prefix of the columns to the class: unprefixed are the poor.
PREFIXES = {"": "POOR", "near_poor_": "NEAR_POOR"}
#: Indicators that look at each member; a child lacks one where its test is met.
INDICATORS = ("health_ins", "nutrition", "child_school")
COLUMNS = tuple(f"{prefix}{what}" for prefix in PREFIXES for what in ("children", *INDICATORS))
_LACKS_FORMS = ("lacks_forms", None)


def of(question: Question) -> list[Row]:
    """Children are below the age the standard states for them, on the form's own day. Where a
    household of the list has no form, nothing is known. One statement."""
    asked = source(question)
    found = cells.totals(asked, question)
    rows = []
    for unit in question.units.rows:
        counts = found.get(unit.key, {})
        line = Line(unit)
        for column in COLUMNS:
            line.figures[column] = counts.get((column, None), 0)
            if counts.get(_LACKS_FORMS):
                line.lacks(column, NOT_ENOUGH)
            elif (column, None) not in asked.cells:
                has_age = ("children", None) in asked.cells
                line.lacks(column, NO_INDICATOR if has_age else NO_CHILD_AGE)
        rows.append(line.done())
    return rows


def _tests(rules: Standard) -> dict[str, MemberTest]:
    """Column to the test a child must meet; an indicator the standard lacks has none."""
    found: dict[str, MemberTest] = {}
    indicators = {one.code: one for one in rules.indicators}
    child = None
    for code in ("nutrition", "child_school"):
        if child is None and code in indicators:
            stated = indicators[code].parameters.get("child_below_age")
            child = AgeBelow(stated.integer()) if stated else None
    if child is None:
        return found
    found["children"] = child
    for code in INDICATORS:
        reading = indicators[code].reading if code in indicators else None
        if isinstance(reading, AnyMember):
            found[code] = AllOf((child, reading.test))
    return found


def source(question: Question) -> Source:
    """Poor and near-poor households with how many children of theirs surely meet each test: the
    roster's own SQL, form by form."""
    tests = _tests(standards.rules_of(question.standard))
    roster = RosterSql(Bindings())
    sure = {what: roster.counted(test)[0] for what, test in tests.items()}
    aggregates = ", ".join(roster.aggregates()) or "0 AS nothing"
    names = "".join(f", roster.{name}" for name in roster.columns)
    limits = ", ".join(["as_of", *roster.age_limits()])
    rows = (
        f"WITH counted AS MATERIALIZED (SELECT f.*, s.as_of FROM ({facts.listed(question.status)})"
        " f LEFT JOIN households_survey s ON s.id = f.survey_id),"
        f" limits AS MATERIALIZED (SELECT {limits} FROM (SELECT DISTINCT as_of FROM counted) days),"
        f" roster AS (SELECT m.survey_id, {aggregates} FROM counted"
        " JOIN limits d ON d.as_of = counted.as_of"
        " JOIN households_surveymember m ON m.survey_id = counted.survey_id GROUP BY 1)"
        f" SELECT counted.*{names} FROM counted LEFT JOIN roster USING (survey_id)"
    )
    found: dict[Key, Cell] = {
        (f"{prefix}{what}", None): Cell(f"a.poverty_class = '{code}'", count)
        for prefix, code in PREFIXES.items()
        for what, count in sure.items()
    }
    found[_LACKS_FORMS] = Cell("NOT a.has_form")
    return Source(rows, found, values=dict(roster.bindings.values))
