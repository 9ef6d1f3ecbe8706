"""Coverage: its pages, its lists, and benefits whose ground is to be checked."""

from programs.choices.coverage import GroundVerdict
from programs.models import (
    Benefit,
    CoverageFigure,
    CoverageLack,
    CoverageSummary,
    GroundCheck,
    Programme,
)
from tests.security.address import BOTH, GET, POST, Address
from tests.security.conftest import Register
from tests.security.whom import For


def _unexplained() -> Benefit:
    """The loan of commune A's household: no ground stands on it."""
    return Benefit.objects.get(programme__code="loan")


def _benefit(_register: Register) -> tuple[object, ...]:
    return (_unexplained().uuid,)


def _list(_register: Register) -> tuple[object, ...]:
    return ("loan", "gap")


ADDRESSES: dict[str, Address] = {
    "programs:coverage": Address(For.READERS, GET),
    "programs:coverage_programme": Address(For.READERS, GET, lambda _register: ("loan",)),
    "programs:coverage_list": Address(For.READERS, GET, _list),
    "programs:coverage_list_file": Address(For.READERS, BOTH, _list),
    "programs:ground_checks": Address(For.READERS, GET),
    "programs:ground_checks_file": Address(For.READERS, BOTH),
    "programs:ground_check": Address(For.READERS, GET, _benefit, owned=True),
    "programs:ground_check_settle": Address(For.CHECKERS, POST, _benefit, owned=True),
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
        benefit=_unexplained(), verdict=GroundVerdict.STAYS, note="trưởng thôn nói",
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
