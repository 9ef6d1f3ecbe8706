"""What programmes are and what they gave."""

from programs.models.benefits import Benefit as Benefit
from programs.models.houses import HousingCase as HousingCase
from programs.models.houses import HousingCeiling as HousingCeiling
from programs.models.houses import HousingCriterion as HousingCriterion
from programs.models.houses import HousingMeeting as HousingMeeting
from programs.models.houses import HousingStage as HousingStage
from programs.models.houses import HousingStep as HousingStep
from programs.models.programmes import Programme as Programme
from programs.models.programmes import ProgrammeTerms as ProgrammeTerms
from programs.models.sites import SiteFile as SiteFile
from programs.models.sites import SitePayment as SitePayment
from programs.models.works import WorksKind as WorksKind
from programs.models.works import WorksProject as WorksProject
from programs.models.works import WorksServed as WorksServed
