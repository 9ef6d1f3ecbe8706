"""Complete forms that cannot be decided on as they are: the class is not determined, or the signed
paper says something else than the answers."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from households.choices import IncomeBasis, SurveyState
from households.models import Assessment, Survey
from households.queries import trials

_UNDETERMINED = Q(poverty_class__isnull=True)
# As scoring tells it (paper_differs); where the paper settled the income, it is not compared.
_PAPER_DIFFERS = (
    Q(survey__b1_points_paper__isnull=False)
    & Q(b1_points__isnull=False)
    & ~Q(income_basis=IncomeBasis.PAPER)
    & ~Q(b1_points=F("survey__b1_points_paper"))
    | Q(survey__b2_points_paper__isnull=False)
    & Q(b2_points__isnull=False)
    & ~Q(b2_points=F("survey__b2_points_paper"))
    | ~Q(survey__class_paper="") & ~Q(poverty_class=F("survey__class_paper"))
)


def in_error(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """Those of the surveys; what only a trial says is no error. One query of its own."""
    scored = trials.without(Assessment.objects.all())
    wrong = scored.filter(_UNDETERMINED | _PAPER_DIFFERS, survey=OuterRef("pk"))
    return surveys.filter(Exists(wrong), state=SurveyState.COMPLETE)
