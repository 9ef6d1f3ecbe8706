"""What the figures of coverage go by: numbers out of data, and which acts change no figure."""

import tomllib
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).resolve().parent.parent / "data" / "coverage" / "coverage.toml"

#: A benefit whose last day lies within so many days ends soon.
LAPSES_WITHIN_DAYS: Final = int(
    tomllib.loads(_DATA.read_text(encoding="utf-8"))["lapses_within_days"]
)

#: Beginnings of the verbs of acts after which nobody is entitled or served otherwise. Every other
#: act counts as a change, so a new kind of act is never missed.
QUIET_ACTS: Final = (
    "attachment.", "certificate.", "confirmation.", "day.", "decision.confirm_draft",
    "file.", "household.asked", "household.decline", "household.offer", "household.take_back",
    "housing_rules.",
    "import.", "inspection.", "installation.", "layout.change", "layout.make", "layout.remove",
    "layout.return.", "list.api", "list.download", "list.print", "oddity.", "paper.",
    "person.unmask", "point_table.", "practice.", "recheck.", "reposting.", "request.",
    "residents.", "round.open", "round.close", "round.reopen", "round.change_terms",
    "saved_list.", "slip.", "survey.discard", "survey.save_draft", "survey.wishes", "term.",
    "tie.", "user.", "village.walk", "word_template.",
)  # fmt: skip

#: Beginnings of the verbs of acts that may change figures beyond the area and household they name:
#: what is said of one place makes the absence elsewhere known; two entries of one may lie apart.
FAR_REACHING_ACTS: Final = (
    "area.", "duplicate.merge", "duplicate.undo", "lists.", "reference.",
)  # fmt: skip
