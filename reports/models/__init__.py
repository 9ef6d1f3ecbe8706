"""What figures are read from besides the register's own facts."""

from reports.models.summaries import ClassSummary, CommuneSummary, EthnicSummary

__all__ = ["ClassSummary", "CommuneSummary", "EthnicSummary"]
