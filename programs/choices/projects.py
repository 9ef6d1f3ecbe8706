"""The closed sets of words of production projects."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OwnerKind(TextChoices):
    """By which way support reaches a project (Decree 27/2022, articles 21 to 23)."""

    COMMUNITY = "COMMUNITY", pgettext_lazy("project", "Community")
    VALUE_CHAIN = "VALUE_CHAIN", pgettext_lazy("project", "Value chain")
    ASSIGNED = "ASSIGNED", pgettext_lazy("project", "By assigned task")


class ProductionKind(TextChoices):
    """What is produced."""

    CROPS = "CROPS", _("Crops")
    LIVESTOCK = "LIVESTOCK", _("Livestock")
    FORESTRY = "FORESTRY", _("Forestry")
    FISHERY = "FISHERY", _("Fishery")
    CRAFT = "CRAFT", _("Craft and services")


class StepOutcome(TextChoices):
    """How a project left a step."""

    DONE = "DONE", pgettext_lazy("step of a project", "Done")
    REJECTED = "REJECTED", pgettext_lazy("step of a project", "Sent back or rejected")


class ParticipantStanding(TextChoices):
    """As what a household takes part."""

    TARGET = "TARGET", _("Entitled household")
    OTHER = "OTHER", _("Other household, without support")
    REFUSED = "REFUSED", pgettext_lazy("participant", "Refused")
    LEFT = "LEFT", pgettext_lazy("participant", "Left the project")


class WorthRepeating(TextChoices):
    """What an evaluation says of doing it elsewhere."""

    YES = "YES", _("Worth repeating")
    CHANGED = "CHANGED", _("Worth repeating with changes")
    NO = "NO", _("Not worth repeating")


class SupportArea(TextChoices):
    """The kinds of areas for which ceilings of support differ."""

    SPECIALLY_DIFFICULT = "SPECIALLY_DIFFICULT", _("Specially difficult area")
    DIFFICULT = "DIFFICULT", _("Difficult area")
    OTHER = "OTHER", pgettext_lazy("area of support", "Other area")
