"""What programmes are and what they gave."""

from programs.models.benefit_lists import BenefitList as BenefitList
from programs.models.benefit_lists import BenefitListRow as BenefitListRow
from programs.models.benefits import Benefit as Benefit
from programs.models.coverage import CoverageFigure as CoverageFigure
from programs.models.coverage import CoverageLack as CoverageLack
from programs.models.coverage import CoverageSummary as CoverageSummary
from programs.models.coverage import GroundCheck as GroundCheck
from programs.models.programmes import Programme as Programme
from programs.models.programmes import ProgrammeTerms as ProgrammeTerms
from programs.models.project_procedures import ProcedureStep as ProcedureStep
from programs.models.project_procedures import ProjectProcedure as ProjectProcedure
from programs.models.project_results import ProjectCycle as ProjectCycle
from programs.models.project_results import ProjectEvaluation as ProjectEvaluation
from programs.models.project_results import ProjectParticipant as ProjectParticipant
from programs.models.project_results import ProjectPayment as ProjectPayment
from programs.models.projects import Project as Project
from programs.models.projects import ProjectReminder as ProjectReminder
from programs.models.projects import ProjectStep as ProjectStep
