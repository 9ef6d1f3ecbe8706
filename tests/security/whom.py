"""Whom an address serves."""

from enum import Enum, auto

from households.choices import Role


class For(Enum):
    """Who gets anything but a refusal."""

    ANYONE = auto()
    LOGGED_IN = auto()
    #: Roles that read families; a family of another area does not exist.
    READERS = auto()
    #: Roles that enter reviews.
    WRITERS = auto()
    #: The commune officer.
    OFFICERS = auto()
    #: The commune's officer and chair, who settle complaints.
    SETTLERS = auto()
    #: Administrators, departments and communes; accounts of other areas do not exist.
    ASSIGNERS = auto()
    #: Who adds villages.
    MAPPERS = auto()
    #: The department.
    KEEPERS = auto()
    #: The commune officer and the department.
    CHECKERS = auto()
    #: The commune officer, the district and the department.
    LIST_READERS = auto()
    #: Inspectors and the department that names them.
    INSPECTORS = auto()
    INSPECTOR = auto()
    #: Who reads families of a whole province.
    WATCHERS = auto()
    #: Who defines sheets for others; and those who take lists out in them.
    DEFINERS = auto()
    LAYOUT_USERS = auto()
    #: Who answers for an area: figures of money, how far communes are that start.
    MONEY_READERS = auto()
    #: Who answers for an area or inspects one: figures without families.
    FIGURE_READERS = auto()
    #: Who reads targets of the reduction; who sets them.
    TARGET_READERS = auto()
    TARGET_KEEPERS = auto()


SERVED: dict[For, frozenset[Role]] = {
    For.ANYONE: frozenset(Role),
    For.LOGGED_IN: frozenset(Role),
    For.READERS: frozenset(Role) - {Role.ADMINISTRATOR, Role.API_CLIENT, Role.INSPECTOR},
    For.WRITERS: frozenset({Role.REVIEWER, Role.COMMUNE_OFFICER}),
    For.OFFICERS: frozenset({Role.COMMUNE_OFFICER}),
    For.SETTLERS: frozenset({Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR}),
    For.ASSIGNERS: frozenset({Role.ADMINISTRATOR, Role.DEPARTMENT, Role.COMMUNE_OFFICER}),
    For.MAPPERS: frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT, Role.ADMINISTRATOR}),
    For.KEEPERS: frozenset({Role.DEPARTMENT}),
    For.INSPECTORS: frozenset({Role.INSPECTOR, Role.DEPARTMENT}),
    For.INSPECTOR: frozenset({Role.INSPECTOR}),
    For.WATCHERS: frozenset({Role.DISTRICT_READER, Role.DEPARTMENT}),
    For.DEFINERS: frozenset({Role.DEPARTMENT, Role.ADMINISTRATOR}),
    For.LAYOUT_USERS: frozenset(Role) - {Role.API_CLIENT, Role.INSPECTOR},
    For.CHECKERS: frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT}),
    For.FIGURE_READERS: frozenset(
        {
            Role.COMMUNE_OFFICER,
            Role.COMMUNE_CHAIR,
            Role.DISTRICT_READER,
            Role.DEPARTMENT,
            Role.INSPECTOR,
        }
    ),
    For.LIST_READERS: frozenset({Role.COMMUNE_OFFICER, Role.DISTRICT_READER, Role.DEPARTMENT}),
    For.MONEY_READERS: frozenset(
        {Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR, Role.DISTRICT_READER, Role.DEPARTMENT}
    ),
    For.TARGET_READERS: frozenset(
        {
            Role.COMMUNE_OFFICER,
            Role.COMMUNE_CHAIR,
            Role.DISTRICT_READER,
            Role.INSPECTOR,
            Role.DEPARTMENT,
            Role.ADMINISTRATOR,
        }
    ),
    For.TARGET_KEEPERS: frozenset({Role.DEPARTMENT, Role.ADMINISTRATOR}),
}
