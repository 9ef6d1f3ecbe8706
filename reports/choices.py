"""The closed sets of words that figures use, with the labels officers read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FigureStatus(TextChoices):
    """Where figures come from: the assessments, or the lists that communes decided."""

    PRELIMINARY = "preliminary", pgettext_lazy("figures", "Preliminary")
    OFFICIAL = "official", pgettext_lazy("figures", "Official")


class RecordStatus(TextChoices):
    """Of figures that nobody decides: they are what was recorded."""

    RECORDED = "recorded", pgettext_lazy("figures", "As recorded")


class FigureLevel(TextChoices):
    """What the rows of a table are."""

    PROVINCE = "province", _("Province")
    GROUP = "group", _("Group of communes")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", _("Commune")
    VILLAGE = "village", _("Village")


class Unit(TextChoices):
    """What is counted."""

    HOUSEHOLDS = "households", pgettext_lazy("figures", "Households")
    PERSONS = "persons", pgettext_lazy("figures", "Persons")


class PlaceView(TextChoices):
    """How figures by place are looked at."""

    MAP = "map", _("Map")
    TILES = "tiles", _("Tile map")
    RANKING = "ranking", _("Ranking")


class OfClass(TextChoices):
    """Of whom it is told what is lacked."""

    POOR = "poor", pgettext_lazy("figures of", "Poor households")
    NEAR_POOR = "near-poor", pgettext_lazy("figures of", "Near-poor households")
    BOTH = "both", pgettext_lazy("figures of", "Both together")


class TargetWhom(TextChoices):
    """Whose rate a target of the reduction is about."""

    ALL = "ALL", pgettext_lazy("target", "All households")
    MINORITY = "MINORITY", pgettext_lazy("target", "Ethnic minority households")


class TargetOutcome(TextChoices):
    """How a year stands to its target."""

    MET = "met", pgettext_lazy("target", "Met")
    MISSED = "missed", pgettext_lazy("target", "Missed")
    NO_TARGET = "no_target", pgettext_lazy("target", "No target")
    NO_FIGURE = "no_figure", pgettext_lazy("target", "No figure")


class FileForm(TextChoices):
    """What a report is given out as."""

    XLSX = "xlsx", "Excel"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"


class FileVersion(TextChoices):
    """Who a file is for."""

    INTERNAL = "internal", pgettext_lazy("report", "Internal")
    PUBLIC = "public", pgettext_lazy("report", "Public")


class OrderWhat(TextChoices):
    """How much was asked for."""

    ONE = "ONE", pgettext_lazy("report", "One report")
    SET = "SET", pgettext_lazy("report", "Set of an area")
    YEAR = "YEAR", pgettext_lazy("report", "Sets of all areas")


class PartState(TextChoices):
    """How far a part of an order is."""

    WAITING = "WAITING", pgettext_lazy("report", "Waiting")
    MAKING = "MAKING", pgettext_lazy("report", "Being made")
    MADE = "MADE", pgettext_lazy("report", "Made")
    FAILED = "FAILED", pgettext_lazy("report", "Failed")
    CANCELLED = "CANCELLED", pgettext_lazy("report", "Given up")


#: Parts that somebody has still to do something about.
TO_MAKE = frozenset({PartState.WAITING, PartState.MAKING})
