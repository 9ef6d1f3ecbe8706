"""Rounds one beside the other: each count with its own list, each dot with its status."""

from households.choices import Role, StandardPart
from households.models import Assessment, PovertyStandard, RoundStandard
from reports.views.blocks import standing
from reports.views.figures import trend
from tests.factories import figures
from tests.reports.views.figures.conftest import Asked


def test_each_round_has_its_own_lists(asked: Asked) -> None:
    world = figures.world()
    found = trend.block(asked(world.province, round="2023"))
    last = found.lines[-1]
    assert last.name.startswith("2023 · 2022–2026 · Official")
    poor = last.cells[1]
    assert poor.value == 7
    assert "round=2023" in poor.href
    assert "column=poor_households" in poor.href
    before = found.lines[-2].cells[1]
    assert "round=2022" in before.href
    # Residents have no list, nor has anything for who reads no households.
    assert last.cells[0].href == ""
    seen = trend.block(asked(world.province, Role.INSPECTOR, round="2023"))
    assert {cell.href for line in seen.lines for cell in line.cells} == {""}


def test_standard_status_and_day_stand_with_it(asked: Asked) -> None:
    world = figures.world()
    found = trend.block(asked(world.province, round="2023"))
    assert "standard 2022–2026" in found.base
    assert f"{world.rounds[2023].as_of:%d/%m/%Y}" in found.base
    assert "Full dot: official." in found.notes


def test_a_trial_beside_the_standard_of_now_is_a_panel_of_its_own(asked: Asked) -> None:
    world = figures.world()
    trial = PovertyStandard.objects.get(code="std_2027")
    RoundStandard.objects.filter(round=world.rounds[2023]).update(part=StandardPart.CLOSING)
    RoundStandard.objects.create(
        round=world.rounds[2023], standard=trial, part=StandardPart.OPENING
    )
    # As if the second assessment had found them all poor.
    under = Assessment.objects.filter(round=world.rounds[2023], standard=world.standard)
    for one in under:
        one.pk, one.standard, one.poverty_class = None, trial, "POOR"
        one.save()
    scope = asked(world.province, round="2023", standard="std_2027")
    assert "2027–2030 (trial)" in standing(scope)
    assert "351/2025" in scope.whole.trial
    found = trend.block(scope)
    panels = {line.name.split(" · ")[1] for line in found.lines}
    assert panels == {"2022–2026", "2027–2030 (trial)"}
    assert "Rates under two standards are not joined." in found.notes
    # What is decided is decided under the standard of now alone.
    assert asked(world.province, round="2023").whole.standard == world.standard
    assert asked(world.province, round="2023").whole.trial == ""
