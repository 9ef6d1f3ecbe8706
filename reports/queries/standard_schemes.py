"""The weights and the cut-off that a standard itself counts with."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from households.errors import Invalid
from households.scoring import Standard
from reports.measures import Scheme, Unfit


class WeightBasis(TextChoices):
    """Where the weights come from."""

    STANDARD = "STANDARD", gettext_lazy("Each indicator counts the same, as in the standard")
    CHOSEN = "CHOSEN", pgettext_lazy("weights", "Chosen by hand")


@dataclass(frozen=True)
class StatedScheme:
    scheme: Scheme
    weights_from: WeightBasis
    #: The cut-off is the standard's own number of indicators that make a household poor.
    is_standards_cutoff: bool


def of(
    rules: Standard,
    weights: tuple[Fraction, ...] | None = None,
    cutoff: Fraction | None = None,
) -> StatedScheme:
    """The standard's own set where nothing else is told; weights are in the order of its
    indicators. Raises Invalid: weights or cut-off that cannot be, or a standard that has no
    cut-off for these weights, so that one has to be given."""
    dimensions = [one.dimension for one in rules.indicators]
    count = len(dimensions)
    if weights is not None:
        basis = WeightBasis.CHOSEN
    else:
        # Every standard gives one number of points for whatever is lacked.
        weights, basis = (Fraction(1, count),) * count, WeightBasis.STANDARD
    needed = rules.parameters.get("deprivations_for_poor")
    has_own = cutoff is None
    if cutoff is None:
        # So many indicators are a score only where each weighs the same.
        if needed is None or len(set(weights)) > 1:
            raise Invalid(_("The standard gives no cut-off for these weights; choose one."))
        cutoff = Fraction(int(str(needed.value)), count)
    codes = [one.code for one in rules.indicators]
    try:
        return StatedScheme(Scheme.of(codes, weights, cutoff, dimensions), basis, has_own)
    except Unfit as error:
        raise Invalid(
            _("Weights have to be above 0, one for each indicator; the cut-off above 0, at most 1.")
        ) from error
