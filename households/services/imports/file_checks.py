"""What rows of the two files say of each other: keys met twice, rows without their household."""

from django.utils.translation import gettext as _

from households.services.imports.problems import HOUSEHOLDS, MEMBERS, ProblemLog
from households.services.imports.target import Target


def check_files(target: Target, log: ProblemLog) -> None:
    """Note every row whose keys do not fit the other rows, or another round's row."""
    _one_round(target, log)
    _keys_once(log)
    log.add_rows(
        MEMBERS,
        "household_id",
        "unknown_household",
        _("The households file has no such household."),
        """
        SELECT m.line, m.household_id FROM staged_member m
        WHERE m.household_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM staged_household h WHERE h.household_id = m.household_id)
        """,
    )


def _one_round(target: Target, log: ProblemLog) -> None:
    log.add_rows(
        HOUSEHOLDS,
        "review_year",
        "other_year",
        _("One file holds one review year; the first row says %(year)s.") % {"year": target.year},
        "SELECT line, review_year FROM staged_household WHERE review_year <> %(year)s",
        {"year": target.year},
    )
    log.add_rows(
        HOUSEHOLDS,
        "province_code",
        "other_province",
        _("One file holds one province; the first row says %(code)s.")
        % {"code": target.province_code},
        "SELECT line, province_code FROM staged_household WHERE province_code <> %(code)s",
        {"code": target.province_code},
    )
    log.add_rows(
        HOUSEHOLDS,
        "as_of",
        "as_of_other_year",
        _("This day does not lie in the review year."),
        """
        SELECT line, as_of FROM staged_household
        WHERE review_year = %(year)s AND extract(year FROM as_of) <> review_year
        """,
        {"year": target.year},
        is_warning=True,
    )


def _keys_once(log: ProblemLog) -> None:
    log.add_rows(
        HOUSEHOLDS,
        "household_id",
        "duplicate_household_id",
        _("This household is in the file already."),
        """
        SELECT line, household_id FROM (
          SELECT line, household_id,
                 row_number() OVER (PARTITION BY household_id ORDER BY line) AS place
          FROM staged_household WHERE household_id IS NOT NULL) numbered
        WHERE place > 1
        """,
    )
    _member_once(log, "member_id", "member_id", "duplicate_member_id")
    _member_once(log, "personal_id", "cccd", "duplicate_cccd")


def _member_once(log: ProblemLog, field: str, column: str, code: str) -> None:
    """The same key or number again: in the same household a double, else in two households."""
    again = f"""
        SELECT line, {field} AS value, household_id = first_household AS same FROM (
          SELECT line, {field}, household_id,
                 row_number() OVER met AS place,
                 first_value(household_id) OVER met AS first_household
          FROM staged_member m WHERE {field} IN (
            SELECT {field} FROM staged_member WHERE {field} IS NOT NULL
            GROUP BY {field} HAVING count(*) > 1)
          WINDOW met AS (PARTITION BY {field} ORDER BY line)) numbered
        WHERE place > 1
    """
    log.add_rows(
        MEMBERS,
        column,
        code,
        _("Another member of the household has this key or number."),
        f"SELECT line, value FROM ({again}) again WHERE same",
    )
    log.add_rows(
        MEMBERS,
        column,
        "person_in_two_households",
        _("This person is in another household of the file as well."),
        f"SELECT line, value FROM ({again}) again WHERE same IS NOT TRUE",
    )
