"""What figures are read from besides the register's own facts, and the reports made of them."""

from reports.models.boundaries import Boundary
from reports.models.editions import (
    Edition,
    EditionBasis,
    EditionFile,
    EditionRests,
    EditionSignature,
)
from reports.models.orders import ReportOrder, ReportPart
from reports.models.public_patterns import PublicPattern, WeighedEdition
from reports.models.summaries import ClassSummary, CommuneSummary, EthnicSummary
from reports.models.targets import ReductionTarget

__all__ = [
    "Boundary",
    "ClassSummary",
    "CommuneSummary",
    "Edition",
    "EditionBasis",
    "EditionFile",
    "EditionRests",
    "EditionSignature",
    "EthnicSummary",
    "PublicPattern",
    "ReductionTarget",
    "ReportOrder",
    "ReportPart",
    "WeighedEdition",
]
