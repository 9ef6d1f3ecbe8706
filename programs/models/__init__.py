"""What programmes are and what they gave."""

from programs.models.benefits import Benefit as Benefit
from programs.models.money import MoneyEntry as MoneyEntry
from programs.models.money import Target as Target
from programs.models.programmes import Programme as Programme
from programs.models.programmes import ProgrammeTerms as ProgrammeTerms
