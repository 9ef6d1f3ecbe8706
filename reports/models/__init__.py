"""What figures are read from besides the register's own facts."""

from reports.models.boundaries import Boundary
from reports.models.summaries import ClassSummary, CommuneSummary, EthnicSummary
from reports.models.targets import ReductionTarget

__all__ = ["Boundary", "ClassSummary", "CommuneSummary", "EthnicSummary", "ReductionTarget"]
