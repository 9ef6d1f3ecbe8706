"""What programmes are and what they gave."""

from programs.models.activities import Activity as Activity
from programs.models.activities import Participation as Participation
from programs.models.benefits import Benefit as Benefit
from programs.models.employment import Employment as Employment
from programs.models.employment import EmploymentCheck as EmploymentCheck
from programs.models.plan_list import AgreedAction as AgreedAction
from programs.models.plan_list import Companion as Companion
from programs.models.plan_list import PlanEntry as PlanEntry
from programs.models.plan_list import PlanRule as PlanRule
from programs.models.programmes import Programme as Programme
from programs.models.programmes import ProgrammeTerms as ProgrammeTerms
