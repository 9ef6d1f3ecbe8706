"""What programmes are and what they gave."""

from programs.models.benefits import Benefit as Benefit
from programs.models.coverage import CoverageFigure as CoverageFigure
from programs.models.coverage import CoverageLack as CoverageLack
from programs.models.coverage import CoverageSummary as CoverageSummary
from programs.models.coverage import GroundCheck as GroundCheck
from programs.models.programmes import Programme as Programme
from programs.models.programmes import ProgrammeTerms as ProgrammeTerms
