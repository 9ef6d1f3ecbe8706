"""May this user? A reason in the user's words, or None for yes."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel, Role
from households.models import Area, HouseholdCard, Membership, User
from households.policies.roles import KEEPS_STANDARDS, Reason
from households.rights import rights
from programs.models import Benefit, ProgrammeTerms


def why_not_confirm_terms(user: User | AnonymousUser, terms: ProgrammeTerms) -> Reason:
    """The department vouches for terms; a province's own only that province's."""
    if reason := policies.why_not_keep_standards(user):
        return reason
    if terms.owner and not rights(user).holds(KEEPS_STANDARDS, terms.owner):
        return _("These terms belong to another province.")
    return None


def why_not_state_terms(
    user: User | AnonymousUser, like: ProgrammeTerms, owner: Area | None
) -> Reason:
    """As vouching. A province's own terms are stated by its department, and only as its own."""
    if reason := why_not_confirm_terms(user, like):
        return reason
    if like.owner and owner != like.owner:
        return _("These terms are a province's own; the nation's are stated at the nation's.")
    if owner and (
        owner.level != AreaLevel.PROVINCE
        or owner.is_practice
        or not rights(user).holds(KEEPS_STANDARDS, owner)
    ):
        return _("These terms belong to another province.")
    return None


def stating_provinces(user: User | AnonymousUser) -> QuerySet[Area]:
    """The provinces in whose name the user may state terms, those of today."""
    branches = rights(user).branches(KEEPS_STANDARDS)
    own = Area.objects.under_any(branches).at(AreaLevel.PROVINCE).on(rights(user).on)
    found: QuerySet[Area] = own.real().order_by("folded_name")
    return found


#: Who records what was given.
RECORDS_BENEFITS = frozenset({Role.COMMUNE_OFFICER, Role.DEPARTMENT})


def why_not_record_benefit(user: User | AnonymousUser, area: Area) -> Reason:
    """The officer of the area the recipient lived in, or the department. No query of its own."""
    if area.is_practice:
        return _("In the practice area no support is recorded.")
    if rights(user).holds(RECORDS_BENEFITS, area):
        return None
    return _("Only the commune officer of this area or the department records support.")


def home_today(benefit: Benefit) -> Area | None:
    """The village where the recipient lives today: a person's own, who may have left the household
    it was given to. None for who is outside the register. Two queries at most."""
    household = benefit.household_id
    if benefit.person_id is not None:
        lives = Membership.objects.filter(person=benefit.person_id, valid_to__isnull=True)
        household = lives.values_list("household", flat=True).first() or household
    cards = HouseholdCard.objects.filter(household=household).select_related("village")
    card = cards.first() if household else None
    return card.village if card else None


def acting_area(user: User | AnonymousUser, benefit: Benefit) -> Area:
    """In whose name the user acts on a benefit, once he may: where it was given if that is his,
    else where the recipient lives today."""
    given_in: Area = benefit.village or benefit.commune
    if why_not_record_benefit(user, given_in) is None:
        return given_in
    return home_today(benefit) or given_in


def why_not_act_on_benefit(user: User | AnonymousUser, benefit: Benefit) -> Reason:
    """As who records it: of the area it was given in, or of that where the recipient lives today.
    No query of its own where the first holds, else two at most."""
    return why_not_record_benefit(user, acting_area(user, benefit))
