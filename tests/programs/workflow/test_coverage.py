"""Acts that leave the figures of coverage as they are: each named beginning is one that exists."""

from pathlib import Path

import pytest

from programs.workflow.coverage import FAR_REACHING_ACTS, LAPSES_WITHIN_DAYS, QUIET_ACTS

_ROOT = Path(__file__).resolve().parents[3]
_SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for app in ("households", "programs", "povreg")
    for path in (_ROOT / app).rglob("*.py")
    if path.parts[-2:] != ("workflow", "coverage.py")
)


@pytest.mark.parametrize("beginning", [*QUIET_ACTS, *FAR_REACHING_ACTS])
def test_there_are_acts_that_begin_so(beginning: str) -> None:
    assert f'"{beginning}' in _SOURCES


def test_what_changes_figures_is_not_quiet() -> None:
    verbs = (
        "survey.complete", "list.adopt", "list.correct", "household.move", "household.take_over",
        "member.die", "member.correct", "review.import", "benefit.record", "benefit.advance",
        "benefit.check_ground", "programme_terms.confirm", "area.state_trait", "duplicate.merge",
    )  # fmt: skip
    quiet = [verb for verb in verbs if verb.startswith(QUIET_ACTS)]
    assert quiet == []


def test_the_number_of_days_is_data() -> None:
    assert LAPSES_WITHIN_DAYS == 60
