"""What other systems may ask of povreg."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApiScope(TextChoices):
    """A client has one or several. `aggregates` are figures in which nobody can be recognised."""

    AGGREGATES = "aggregates", _("Aggregates, small numbers left out")
    EXACT = "aggregates.exact", _("Aggregates with small numbers")
    LISTS = "lists", _("Lists with names")
    NUMBERS = "lists.numbers", _("Lists with names and full personal numbers")
    REVIEWS = "reviews", _("Entering reviews")


#: What is given only to systems of the state, on a written agreement.
NEEDS_AGREEMENT = (ApiScope.EXACT, ApiScope.LISTS, ApiScope.NUMBERS, ApiScope.REVIEWS)
