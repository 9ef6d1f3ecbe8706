"""Coverage: its pages, its lists, and benefits whose ground is to be checked."""

from programs.choices import BenefitState
from programs.choices.coverage import GroundVerdict
from programs.models import (
    Benefit,
    CoverageFigure,
    CoverageLack,
    CoverageSummary,
    GroundCheck,
    Programme,
)
from tests.security.address import BOTH, GET, Address
from tests.security.conftest import Register
from tests.security.whom import For


def unexplained(register: Register) -> Benefit:
    """One of commune A that no known ground explains."""
    programme = Programme.objects.get(code="tet_gift")
    made = Benefit.objects.filter(programme=programme, household=register.household).first()
    return made or Benefit.objects.create(
        programme=programme, household=register.household, commune=register.commune,
        village=register.village, state=BenefitState.SERVED, acted_on="2024-02-01",
        served_on="2024-02-01", reason="theo danh sách thôn", recorded_by=register.officer,
    )  # fmt: skip


def _benefit(register: Register) -> tuple[object, ...]:
    return (unexplained(register).uuid,)


def _list(_register: Register) -> tuple[object, ...]:
    return ("loan", "gap")


ADDRESSES: dict[str, Address] = {
    "programs:coverage": Address(For.READERS, GET),
    "programs:coverage_programme": Address(For.READERS, GET, lambda _register: ("loan",)),
    "programs:coverage_list": Address(For.READERS, GET, _list),
    "programs:coverage_list_file": Address(For.READERS, BOTH, _list),
    "programs:ground_checks": Address(For.READERS, GET),
    "programs:ground_checks_file": Address(For.READERS, BOTH),
    "programs:ground_check": Address(For.READERS, BOTH, _benefit, owned=True),
}

BREAKS: dict[str, str] = {
    "programs_coveragefigure_adds_up": "UPDATE programs_coveragefigure SET served = entitled + 1",
    "programs_coveragefigure_once": "copy programs_coveragefigure",
    "programs_coveragelack_ground_or_fact": "UPDATE programs_coveragelack SET fact = ''",
    "programs_coveragelack_once": "copy programs_coveragelack",
    "programs_coveragesummary_commune_id_key": "copy programs_coveragesummary",
    "programs_groundcheck_benefit_id_key": "copy programs_groundcheck",
    "programs_groundcheck_has_a_reason": "UPDATE programs_groundcheck SET note = ''",
    "programs_groundcheck_verdict_known": "UPDATE programs_groundcheck SET verdict = 'PERHAPS'",
}

_NUMBERS = (
    "entitled", "entitled_households", "served", "served_households", "gap_households", "open",
    "open_households", "receiving", "receiving_households", "times", "twice", "lapsing",
    "outside_times",
)  # fmt: skip


def rows(register: Register) -> None:
    """Figures of the commune, what is missing there, and a check."""
    GroundCheck.objects.create(
        benefit=unexplained(register), verdict=GroundVerdict.STAYS, note="trưởng thôn nói",
        checked_on="2024-10-01", checked_by=register.officer,
    )  # fmt: skip
    summary = CoverageSummary.objects.create(
        commune=register.commune, counted_for="2024-10-15", tide=1, last_act=0
    )
    programme = Programme.objects.get(code="loan")
    CoverageFigure.objects.create(
        summary=summary, programme=programme, no_labour=False, **dict.fromkeys(_NUMBERS, 0)
    )
    CoverageLack.objects.create(summary=summary, programme=programme, fact="class", recipients=1)
