"""Whom a programme is for, as data: conditions on a person or household, and the SQL they mean.

Pure: no Django, no clock, no database. One reader: the SQL made here decides for one family as
for a province, and the lines that explain it are read from the same facts.
"""

from programs.appraisal.conditions import FACTS as FACTS
from programs.appraisal.conditions import Condition as Condition
from programs.appraisal.conditions import read_conditions as read_conditions
from programs.appraisal.document import Label as Label
from programs.appraisal.document import ProgrammeDocument as ProgrammeDocument
from programs.appraisal.document import TermsDocument as TermsDocument
from programs.appraisal.document import read_programme as read_programme
from programs.appraisal.errors import DocumentError as DocumentError
from programs.appraisal.grounds import Rule as Rule
from programs.appraisal.grounds import Verdicts as Verdicts
from programs.appraisal.grounds import compiled as compiled
