"""Pure rules of the poverty review: standards as data, and their two readers.

`score` explains one household; `compile_assessments_sql` turns the same rules into one SELECT
for a set of surveys. Nothing here knows Django, a clock or a database.
"""

from households.scoring.compiler import compile_assessments_sql
from households.scoring.document import Label, Stated
from households.scoring.errors import DocumentError, UnknownProvince
from households.scoring.facts import HouseholdFacts, MemberFacts
from households.scoring.interpreter import score
from households.scoring.notes import NOTE_PARAMETERS, Note
from households.scoring.points import Option, PointTable, Question
from households.scoring.result import IndicatorResult, QuestionPoints, Result
from households.scoring.standard import Standard
from households.scoring.standard_parts import IncomeLine, Indicator

__all__ = [
    "NOTE_PARAMETERS",
    "DocumentError",
    "HouseholdFacts",
    "IncomeLine",
    "Indicator",
    "IndicatorResult",
    "Label",
    "MemberFacts",
    "Note",
    "Option",
    "PointTable",
    "Question",
    "QuestionPoints",
    "Result",
    "Standard",
    "Stated",
    "UnknownProvince",
    "compile_assessments_sql",
    "score",
]
