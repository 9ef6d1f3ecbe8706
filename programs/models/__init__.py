"""What programmes are and what they gave."""

from programs.models.benefits import Benefit as Benefit
from programs.models.programmes import Programme as Programme
from programs.models.programmes import ProgrammeTerms as ProgrammeTerms
from programs.models.support_lists import LoanFacts as LoanFacts
from programs.models.support_lists import SupportList as SupportList
from programs.models.support_lists import SupportListRow as SupportListRow
