"""May this user? Each answers with a reason in the user's words, or None for yes.

The view greys its button with the reason; the service refuses with the same words.
"""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from households import clock, workflow
from households.choices import LEVELS_OF_ROLE, AreaLevel, Role
from households.models import (
    Area,
    Assignment,
    CommuneReview,
    Household,
    PointTable,
    PovertyStandard,
    ReviewRound,
    Survey,
    User,
    VillageReview,
)
from households.models.people import HouseholdQuerySet
from households.rights import Rights as Rights
from households.rights import rights as rights

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
#: Who types reviews.
WRITES_SURVEYS = frozenset({Role.REVIEWER, Role.COMMUNE_OFFICER})
#: Who records what becomes of a household between two reviews.
CHANGES_HOUSEHOLDS = frozenset({Role.COMMUNE_OFFICER})
IMPORTS = frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT})
RECORDS_DECISIONS = frozenset({Role.COMMUNE_OFFICER})
OPENS_ROUNDS = frozenset({Role.DEPARTMENT})
#: Who adds a village, who changes any other unit.
ADDS_VILLAGES = frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT, Role.ADMINISTRATOR})
CHANGES_AREAS = frozenset({Role.DEPARTMENT, Role.ADMINISTRATOR})
ASSIGNS_USERS = frozenset({Role.ADMINISTRATOR, Role.DEPARTMENT})
KEEPS_STANDARDS = frozenset({Role.DEPARTMENT})
#: Roles that only an administrator gives and takes, so that no one lifts himself up.
GIVEN_BY_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR, Role.DEPARTMENT})


def visible_households(user: User | AnonymousUser) -> HouseholdQuerySet:
    """The households the user may read: those living in his areas now.

    A household without a current residence is seen by whoever saw its last one.
    """
    branches = rights(user).branches(READS_HOUSEHOLDS)
    return Household.objects.under_any(branches)


def why_not_read_households(user: User | AnonymousUser) -> Reason:
    if rights(user).holds_anywhere(READS_HOUSEHOLDS):
        return None
    return _("Your role does not open household pages.")


def why_not_write_surveys(user: User | AnonymousUser, area: Area) -> Reason:
    if rights(user).holds(WRITES_SURVEYS, area):
        return None
    return _("Only the reviewer or the commune officer of this area enters reviews.")


def why_round_is_locked(round: ReviewRound, village: Area) -> Reason:
    """Why no survey of `village` may be written in `round` now. Two queries."""
    if round.is_closed:
        return _("The review round %(round)s is closed.") % {"round": round.key}
    commune = village.parent_id
    commune_state = (
        CommuneReview.objects.filter(round=round, commune=commune)
        .values_list("state", flat=True)
        .first()
    )
    if commune_state and commune_state not in workflow.SURVEYS_OPEN_IN_COMMUNE:
        return _("The commune is past its survey stage in this round.")
    village_state = (
        VillageReview.objects.filter(round=round, village=village)
        .values_list("state", flat=True)
        .first()
    )
    if village_state and village_state not in workflow.SURVEYS_OPEN_IN_VILLAGE:
        return _("The village is past its survey stage; the commune has to reopen it.")
    return None


def why_not_edit_survey(user: User | AnonymousUser, survey: Survey) -> Reason:
    """Both the person's right and the stage of the village."""
    return why_not_write_surveys(user, survey.village) or why_round_is_locked(
        survey.round, survey.village
    )


def why_not_unmask(user: User | AnonymousUser, household: Household) -> Reason:
    """The full personal number: for those who enter reviews of the household's area."""
    for residence in household.residences.filter(valid_to__isnull=True).select_related("village"):
        if rights(user).holds(WRITES_SURVEYS, residence.village):
            return None
    return _("Only the reviewer or the commune officer of this area sees full personal numbers.")


def why_has_ended(household: Household) -> Reason:
    """Why nothing of this household changes any more. No query."""
    if household.ended_on:
        return _("This household has ended; nothing of it changes any more.")
    return None


def why_not_change_household(user: User | AnonymousUser, household: Household) -> Reason:
    """Moves, splits, members in and out: the officer of the commune it lives in. One query."""
    if reason := why_has_ended(household):
        return reason
    homes = household.residences.filter(valid_to__isnull=True).select_related("village")
    if any(rights(user).holds(CHANGES_HOUSEHOLDS, home.village) for home in homes):
        return None
    return _("Only the commune officer of this area records changes of a household.")


def why_not_import(user: User | AnonymousUser, area: Area) -> Reason:
    if rights(user).holds(IMPORTS, area):
        return None
    return _("You may import only households of your own area.")


def why_not_record_decision(user: User | AnonymousUser, commune: Area) -> Reason:
    if rights(user).holds(RECORDS_DECISIONS, commune):
        return None
    return _("Only the commune officer records the decision of the commune chair.")


def why_not_open_round(user: User | AnonymousUser, province: Area | None) -> Reason:
    """`province` None: of any province, for the page that opens rounds."""
    held = rights(user)
    if held.holds(OPENS_ROUNDS, province) if province else held.holds_anywhere(OPENS_ROUNDS):
        return None
    return _("Only the department opens and closes review rounds.")


def why_not_add_village(user: User | AnonymousUser, commune: Area) -> Reason:
    if rights(user).holds(ADDS_VILLAGES, commune):
        return None
    return _("Only the commune officer or the department adds villages, in their own area.")


def why_not_change_areas(user: User | AnonymousUser, area: Area | None) -> Reason:
    """`area` is the unit above the one that changes; None for a province."""
    held = rights(user)
    if held.holds(CHANGES_AREAS, area) if area else held.is_system:
        return None
    return _("Only the department or the administrator changes the map, in their own area.")


def why_not_load_reference(user: User | AnonymousUser) -> Reason:
    if rights(user).holds_anywhere(frozenset({Role.ADMINISTRATOR})):
        return None
    return _("Only the administrator loads reference data.")


def why_not_look_up(user: User | AnonymousUser) -> Reason:
    """The administrator's look-up pages: reference data, assignments, acts without families."""
    if rights(user).holds_anywhere(frozenset({Role.ADMINISTRATOR})):
        return None
    return _("Only the administrator opens the administration pages.")


def why_not_assign(user: User | AnonymousUser, area: Area) -> Reason:
    if rights(user).holds(ASSIGNS_USERS, area):
        return None
    return _("Only the administrator or the department assigns users, in their own area.")


def why_role_not_there(role: str, area: Area) -> Reason:
    """A role is held at the level its work is done: no reviewer of a whole province."""
    if area.level in LEVELS_OF_ROLE.get(role, frozenset(AreaLevel)):
        return None
    return _("This role is not held in a unit of this level.")


def why_not_give_role(user: User | AnonymousUser, role: str, area: Area) -> Reason:
    """Assign a role, or end its assignment: in one's own area, the high roles by administrators."""
    if reason := why_not_assign(user, area):
        return reason
    if role in GIVEN_BY_ADMINISTRATORS and not rights(user).holds(
        frozenset({Role.ADMINISTRATOR}), area
    ):
        return _("Only an administrator assigns the department and other administrators.")
    return None


def why_not_reset_password(user: User | AnonymousUser, other: User) -> Reason:
    """Whoever could give all roles that the other person holds today or will hold. Three
    queries."""
    if not Rights(other).assignments:
        return _("This account is not in your area.")
    held = Assignment.objects.filter(user=other).exclude(valid_to__lt=clock.today())
    for assignment in held.select_related("area"):
        if reason := why_not_give_role(user, assignment.role, assignment.area):
            return reason
    return None


def why_not_keep_standards(user: User | AnonymousUser) -> Reason:
    if rights(user).holds_anywhere(KEEPS_STANDARDS):
        return None
    return _("Only the department confirms numbers and enters point tables.")


def why_not_agree_to_table(user: User | AnonymousUser, table: PointTable) -> Reason:
    """A second person of the department agrees to what the first one entered."""
    if reason := why_not_keep_standards(user):
        return reason
    if table.entered_by_id == user.pk:
        return _("A second person has to agree: you entered this table yourself.")
    return None


def why_not_confirm(user: User | AnonymousUser, standard: PovertyStandard) -> Reason:
    """A province's own standard is confirmed by that province's department."""
    if reason := why_not_keep_standards(user):
        return reason
    if standard.owner and not rights(user).holds(KEEPS_STANDARDS, standard.owner):
        return _("This standard belongs to another province.")
    return None


def visible_areas(user: User | AnonymousUser, level: AreaLevel | None = None) -> list[Area]:
    """The areas of the user's own assignments that open households, and what lies below them,
    valid today, at one level. One query."""
    areas = Area.objects.on(clock.today()).under_any(rights(user).branches(READS_HOUSEHOLDS))
    if level:
        areas = areas.at(level)
    return list(areas.order_by("path", "folded_name"))
