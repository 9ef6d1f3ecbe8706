"""Taking over a commune's list as its signed decision has it: `take_over` is the one way in."""

from households.services.taking_over.facts import ListFacts, Totals
from households.services.taking_over.taking import TakenOver, take_over
from households.services.taking_over.telling import Absent

__all__ = ["Absent", "ListFacts", "TakenOver", "Totals", "take_over"]
