"""The lines of a year's results, in the order a province reports them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResultLine(TextChoices):
    """What is counted together."""

    LOANS_POOR = "LOANS_POOR", _("Loans to poor households")
    LOANS_NEAR_POOR = "LOANS_NEAR_POOR", _("Loans to near-poor households")
    LOANS_NEWLY_ESCAPED = "LOANS_NEWLY_ESCAPED", _("Loans to newly escaped households")
    LOANS = "LOANS", _("All preferential loans")
    CARDS = "CARDS", _("Health-insurance cards given")
    PUPILS = "PUPILS", _("Pupils with tuition or study-cost support")
    HOUSES = "HOUSES", _("Houses built or repaired")
    WORKS = "WORKS", _("Essential works of households")
    PROJECTS_APPROVED = "PROJECTS_APPROVED", _("Projects approved")
    PROJECTS = "PROJECTS", _("Households in production projects")
    TRAINED = "TRAINED", _("Vocational training and courses")
    JOBS = "JOBS", _("Jobs and labour export")
    PEOPLE_REACHED = "PEOPLE_REACHED", _("People reached (counted on the spot)")
    COMMUNICATION = "COMMUNICATION", _("Recipients of communication")
    OTHER = "OTHER", _("Other support given")
