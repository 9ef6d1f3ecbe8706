"""Which roles do what: the sets that the policies ask about."""

from households.choices import Role

Reason = str | None
#: Who sees families of his area.
READS_HOUSEHOLDS = frozenset(
    {
        Role.REVIEWER,
        Role.VILLAGE_HEAD,
        Role.COMMUNE_OFFICER,
        Role.COMMUNE_CHAIR,
        Role.FATHERLAND_FRONT,
        Role.DISTRICT_READER,
        Role.DEPARTMENT,
    }
)
#: Who answers for an area or inspects one: its figures, without families.
READS_FIGURES = frozenset(
    {
        Role.COMMUNE_OFFICER,
        Role.COMMUNE_CHAIR,
        Role.DISTRICT_READER,
        Role.DEPARTMENT,
        Role.INSPECTOR,
    }
)
#: Who types reviews.
WRITES_SURVEYS = frozenset({Role.REVIEWER, Role.COMMUNE_OFFICER})
#: Who records what becomes of a household between two reviews.
CHANGES_HOUSEHOLDS = frozenset({Role.COMMUNE_OFFICER})
IMPORTS = frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT})
#: Who takes over a commune's list as its signed decision has it.
TAKES_OVER_LISTS = frozenset({Role.COMMUNE_OFFICER})
RECORDS_DECISIONS = frozenset({Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR})
#: Who records any step of his commune, whoever took it on paper.
RECORDS_STEPS = frozenset({Role.COMMUNE_OFFICER})
#: Who gives out certificates and confirmations.
ISSUES_CERTIFICATES = frozenset({Role.COMMUNE_OFFICER})
SETTLES_COMPLAINTS = frozenset({Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR})
#: Who sees what is to be checked again of the forms of a commune.
SEES_ODDITIES = frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT})
OPENS_ROUNDS = frozenset({Role.DEPARTMENT})
#: Who lets an inspector look at the families of an area.
OPENS_INSPECTIONS = frozenset({Role.DEPARTMENT})
#: Who enters how many live where.
ENTERS_RESIDENTS = frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT})
#: Who watches what communes still lack to start.
SEES_STARTS = frozenset(
    {Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR, Role.DISTRICT_READER, Role.DEPARTMENT}
)
#: Who changes the Word templates of a province.
PUTS_TEMPLATES = frozenset({Role.DEPARTMENT})
#: Who defines the sheets in which lists go out to others.
DEFINES_LAYOUTS = frozenset({Role.DEPARTMENT, Role.ADMINISTRATOR})
#: Who adds a village, who changes any other unit.
ADDS_VILLAGES = frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT, Role.ADMINISTRATOR})
CHANGES_AREAS = frozenset({Role.DEPARTMENT, Role.ADMINISTRATOR})
ASSIGNS_USERS = frozenset({Role.ADMINISTRATOR, Role.DEPARTMENT})
#: Who has pages of accounts: all of an area, or (the commune) those of its villages.
MANAGES_VILLAGE_ACCOUNTS = frozenset({Role.COMMUNE_OFFICER})
MANAGES_ACCOUNTS = ASSIGNS_USERS | MANAGES_VILLAGE_ACCOUNTS
#: Roles that the commune officer gives in his own commune.
GIVEN_BY_COMMUNES = frozenset({Role.REVIEWER, Role.VILLAGE_HEAD})
#: Who lets other systems ask for figures.
KEEPS_API_CLIENTS = frozenset({Role.DEPARTMENT, Role.ADMINISTRATOR})
KEEPS_STANDARDS = frozenset({Role.DEPARTMENT})
#: Roles that only an administrator gives and takes, so that no one lifts himself up.
GIVEN_BY_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR, Role.DEPARTMENT})
