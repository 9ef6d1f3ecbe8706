"""The order of a house's steps, as pure rules."""

from dataclasses import dataclass, field

from programs.choices import BenefitState
from programs.workflow.houses import next_stage, state_before, way_of


@dataclass
class Step:
    code: str
    rank: int
    builds: list[str] = field(default_factory=lambda: ["NEW", "REPAIR"])


STEPS = [
    Step("DECIDED", 30), Step("MEETING", 10), Step("FOUNDATION", 40, ["NEW"]),
    Step("ACCEPTED", 50), Step("REVIEWED", 20),
]  # fmt: skip


def test_a_repair_goes_only_through_its_steps() -> None:
    assert [one.code for one in way_of(STEPS, "REPAIR")] == [
        "MEETING", "REVIEWED", "DECIDED", "ACCEPTED",
    ]  # fmt: skip


def test_the_first_step_not_reached_follows() -> None:
    assert next_stage(STEPS, "NEW", []).code == "MEETING"  # type: ignore[union-attr]
    assert next_stage(STEPS, "NEW", ["MEETING"]).code == "REVIEWED"  # type: ignore[union-attr]
    done = ["MEETING", "REVIEWED", "DECIDED"]
    assert next_stage(STEPS, "NEW", done).code == "FOUNDATION"  # type: ignore[union-attr]
    assert next_stage(STEPS, "REPAIR", done).code == "ACCEPTED"  # type: ignore[union-attr]
    assert next_stage(STEPS, "REPAIR", [*done, "ACCEPTED"]) is None


def test_what_lies_before_a_reached_step_is_not_asked_again() -> None:
    assert next_stage(STEPS, "NEW", ["MEETING", "DECIDED"]).code == "FOUNDATION"  # type: ignore[union-attr]


def test_the_benefit_is_what_the_last_fixed_step_says() -> None:
    reached = ["MEETING", "REVIEWED", "DECIDED", "FOUNDATION"]
    assert state_before(STEPS, "NEW", reached) == BenefitState.DECIDED
    assert state_before(STEPS, "NEW", reached[:2]) == BenefitState.LISTED
    assert state_before(STEPS, "NEW", []) == BenefitState.WISHED
