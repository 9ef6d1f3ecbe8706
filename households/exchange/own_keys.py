"""The keys under which povreg's own households and persons leave and come back.

A household that no source brought has no key of one. It goes by its number with a prefix that no
other system writes, so that a file taken out today finds it again when it is read.
"""

from typing import Final

HOUSEHOLD_PREFIX: Final = "povreg-H"
PERSON_PREFIX: Final = "povreg-N"
#: Of the code that pages and lists show; another system may write such codes too.
SHOWN_PREFIX: Final = "H"
# A plain min() tempts the planner to walk through all keys of the source for each row.
_LEAST: Final = "min((k.key || '') COLLATE \"C\")"


def sql_own_key(prefix: str, number: str) -> str:
    """SQL: the own key of the row whose id is `number`."""
    return f"('{prefix}' || lpad({number}::text, 8, '0'))"


def sql_number_of(prefix: str, key: str) -> str:
    """SQL: the id that an own key names, NULL for any other text."""
    return (
        f"CASE WHEN {key} ~ '^{prefix}[0-9]{{8,12}}$'"
        f" THEN substring({key} FROM {len(prefix) + 1})::bigint END"
    )


def sql_household_key(number: str) -> str:
    """SQL: the key of a household in the source %(source)s, its own where it has none there."""
    kept = (
        f"SELECT {_LEAST} FROM households_householdkey k"
        f" WHERE k.source = %(source)s AND k.household_id = {number}"
    )
    return f"coalesce(({kept}), {sql_own_key(HOUSEHOLD_PREFIX, number)})"


def sql_person_key(number: str) -> str:
    """As sql_household_key, of a person."""
    kept = (
        f"SELECT {_LEAST} FROM households_personkey k"
        f" WHERE k.source = %(source)s AND k.person_id = {number}"
    )
    return f"coalesce(({kept}), {sql_own_key(PERSON_PREFIX, number)})"
