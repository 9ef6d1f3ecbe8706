"""How a benefit stands to a ground, as pages tell it."""

from django import template

from programs.models import Benefit
from programs.policies import coverage

register = template.Library()


@register.filter
def ground_standing(benefit: Benefit) -> str:
    """The code of choices.coverage.GroundStanding."""
    return coverage.ground_standing(benefit).value
