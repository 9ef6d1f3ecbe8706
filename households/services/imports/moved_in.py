"""Households of a file that stand elsewhere in the register: who may bring them, and until when.

A key is no secret. Whoever knows one must not thereby take a family from its commune, nor anybody
a family on which its village or commune decides already.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from households import workflow
from households.models import User
from households.policies.roles import IMPORTS
from households.rights import rights
from households.services.imports.problems import HOUSEHOLDS, ProblemLog
from households.services.imports.target import Target

# A commune that became the file's commune hands its families on.
_ELSEWHERE: Final = """
SELECT t.line, t.key FROM staged_survey t
LEFT JOIN households_survey s ON s.id = t.survey_id
LEFT JOIN households_residence r ON r.household_id = t.household_id AND r.valid_to IS NULL
JOIN households_area v ON v.id = coalesce(s.village_id, r.village_id)
WHERE NOT t.is_new_household AND v.parent_id <> t.commune_id
  AND NOT (v.path || v.id || '.') LIKE ANY(%(branches)s::text[])
  AND NOT EXISTS (SELECT 1 FROM households_areachange c
                  WHERE c.from_area_id = v.parent_id AND c.to_area_id = t.commune_id)
"""

_HELD: Final = """
SELECT t.line, t.key FROM staged_survey t
JOIN households_survey s ON s.id = t.survey_id
LEFT JOIN households_villagereview w ON w.round_id = s.round_id AND w.village_id = s.village_id
LEFT JOIN households_communereview c ON c.round_id = s.round_id AND c.commune_id = s.commune_id
WHERE NOT t.is_new AND s.village_id <> t.village_id
  AND (w.state <> ALL(%(villages)s) OR c.state <> ALL(%(communes)s))
"""


def note_moved_in(
    target: Target, by: User, log: ProblemLog, *, within: Sequence[str] | None = None
) -> None:
    """Note the rows of households that live outside of the importer's area, and of those that
    another village or commune is past surveying. `within` are inner paths that bound whoever
    imports beside his own. To be called once households are matched. Three queries at most."""
    log.add_rows(
        HOUSEHOLDS,
        "household_id",
        "household_held",
        _("The village or commune where this household is reviewed is past its survey stage."),
        _HELD,
        {
            "villages": [str(one) for one in workflow.SURVEYS_OPEN_IN_VILLAGE],
            "communes": [str(one) for one in workflow.SURVEYS_OPEN_IN_COMMUNE],
        },
    )
    held = rights(by)
    is_bound = target.province is None or not held.holds(IMPORTS, target.province)
    for branches in (held.branches(IMPORTS) if is_bound else None, within):
        if branches is not None:
            log.add_rows(
                HOUSEHOLDS,
                "household_id",
                "household_elsewhere",
                _(
                    "The register has this household in another commune; that commune hands it"
                    " over first, or the department brings it in."
                ),
                _ELSEWHERE,
                {"branches": [f"{one}%" for one in branches]},
            )
