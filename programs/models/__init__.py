"""What programmes are and what they gave."""

from programs.models.benefit_lists import BenefitList as BenefitList
from programs.models.benefit_lists import BenefitListRow as BenefitListRow
from programs.models.benefits import Benefit as Benefit
from programs.models.programmes import Programme as Programme
from programs.models.programmes import ProgrammeTerms as ProgrammeTerms
