"""Who keeps production projects, and which of them one sees."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel
from households.models import Area, User
from households.policies.roles import Reason
from households.rights import rights
from programs.models import Project
from programs.policies import RECORDS_BENEFITS


def visible_projects(user: User | AnonymousUser) -> QuerySet[Project]:
    """Those whose dossier lies in a commune of the user's areas, or that reach into one. The
    practice area has none."""
    communes = visible_communes(user).values("pk")
    reaching = Project.other_communes.through.objects.filter(area__in=communes).values("project")
    return Project.objects.filter(Q(commune__in=communes) | Q(pk__in=reaching))


def visible_communes(user: User | AnonymousUser) -> QuerySet[Area]:
    """The communes in the branches where the user reads households."""
    branches = rights(user).branches(policies.READS_HOUSEHOLDS)
    found: QuerySet[Area] = Area.objects.under_any(branches).at(AreaLevel.COMMUNE).real()
    return found


def keeping_communes(user: User | AnonymousUser) -> QuerySet[Area]:
    """The communes whose projects the user keeps."""
    branches = rights(user).branches(RECORDS_BENEFITS)
    found: QuerySet[Area] = Area.objects.under_any(branches).at(AreaLevel.COMMUNE).real()
    return found


def communes_of_province(user: User | AnonymousUser) -> QuerySet[Area]:
    """All communes of the provinces in which the user keeps projects: their names only."""
    provinces = {path.split(".")[0] for path in rights(user).branches(RECORDS_BENEFITS)}
    tops = [f"{province}." for province in sorted(provinces)]
    found: QuerySet[Area] = Area.objects.under_any(tops).at(AreaLevel.COMMUNE).real()
    return found


def why_not_open_projects(user: User | AnonymousUser) -> Reason:
    """Whether he keeps projects of any area. No query of its own."""
    if rights(user).holds_anywhere(RECORDS_BENEFITS):
        return None
    return _("Only commune officers and the department keep projects.")


def why_not_keep_project(user: User | AnonymousUser, commune: Area) -> Reason:
    """The officer of the commune that keeps the dossier, or the department. No query of its own."""
    if commune.is_practice:
        return _("In the practice area no project is kept.")
    if rights(user).holds(RECORDS_BENEFITS, commune):
        return None
    return _("Only the commune officer of the project's commune or the department keeps it.")


def why_not_keep_procedures(user: User | AnonymousUser) -> Reason:
    """Norms are the department's word."""
    return policies.why_not_keep_standards(user)
