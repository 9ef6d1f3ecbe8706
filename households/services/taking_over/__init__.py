"""Taking over a commune's list as its signed decision has it: `take_over` is the one way in."""

from households.services.taking_over.facts import ListFacts, Totals
from households.services.taking_over.taking import Absent, TakenOver, take_over

__all__ = ["Absent", "ListFacts", "TakenOver", "Totals", "take_over"]
