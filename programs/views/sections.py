"""The parts of the programmes as links: those the reader may open, in the order of the work."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from households import policies
from households.models import User
from programs.choices import ProgrammeKind
from programs.models import Programme
from programs.policies.benefit_lists import why_not_read_lists, why_not_take_in_lists
from programs.policies.money import why_not_read_money

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Link:
    """One page: `words` say what one does there."""

    name: str
    label: Any
    words: Any
    why_not: Callable[[Reader], str | None] = policies.why_not_read_households

    @property
    def url(self) -> str:
        return reverse(f"programs:{self.name}")


_NEED = (
    Link("coverage", _("Coverage"), _("Entitled, served, the gap, served twice, ending soon")),
    Link("ground_checks", _("Grounds to be checked"), _("Served, and no ground is known")),
    Link("lacks", _("From lack to help"), _("What is lacking and wanted, and what answers it")),
    Link(
        "plan", _("Plan list of next year"), _("Near to leaving poverty, and who goes along"),
        why_not_take_in_lists,
    ),
)  # fmt: skip
_GIVE = (
    Link(
        "support_lists", _("Lists for bank, insurer and school"),
        _("Loans, health cards, schooling: list, hand over, answers"),
    ),
    Link(
        "benefit_lists", _("Lists received"),
        _("What bank, insurer, school and treasury report, taken in"), why_not_read_lists,
    ),
    Link(
        "outside_list", _("Persons outside the register"),
        _("Who is served and is of no household here"), why_not_take_in_lists,
    ),
    Link("housing_board", _("Houses and works"), _("Need, order, building, payments, photos")),
    Link("project_board", _("Production projects"), _("Steps, waiting, the season, participants")),
    Link("activity_list", _("Courses, models, communication"), _("When, where, who took part")),
    Link("training_list", _("Vocational training"), _("Courses and who finished them")),
    Link("job_list", _("Jobs and labour export"), _("Contracts and wages")),
    Link("job_checks", _("Still at work?"), _("Checks after 3 and 12 months that are due")),
)  # fmt: skip
_RESULT = (
    Link("money", _("Plans and money"), _("Targets; allocated, committed, disbursed"),
         why_not_read_money),
    Link("year_results", _("Results of the year"), _("Times served and distinct households"),
         why_not_read_money),
    Link("project_steps", _("Projects by step"), _("How many have reached which step on a day")),
    Link("project_evaluations", _("Evaluations"),
         _("Kept after 12 months, worth repeating where, what is still to be mended")),
    Link("what_helped", _("What helped"), _("Supported and not supported, side by side"),
         why_not_read_money),
)  # fmt: skip

PARTS: tuple[tuple[Any, tuple[Link, ...]], ...] = (
    (_("Who needs what"), _NEED),
    (_("Giving and recording"), _GIVE),
    (_("Plan and result"), _RESULT),
)


#: Where the work of a kind of programme is done.
_WORK_OF: dict[str, tuple[str, ...]] = {
    ProgrammeKind.LOAN: ("support_lists",),
    ProgrammeKind.HEALTH_CARD: ("support_lists",),
    ProgrammeKind.TUITION: ("support_lists",),
    ProgrammeKind.STUDY_COST: ("support_lists",),
    ProgrammeKind.HOUSING: ("housing_board",),
    ProgrammeKind.WORKS: ("housing_board",),
    ProgrammeKind.PROJECT: ("project_board", "project_steps"),
    ProgrammeKind.KNOWLEDGE: ("activity_list",),
    ProgrammeKind.COMMUNICATION: ("activity_list",),
    ProgrammeKind.TRAINING: ("training_list",),
    ProgrammeKind.JOB: ("job_list", "job_checks"),
    ProgrammeKind.LABOUR_EXPORT: ("job_list", "job_checks"),
}


#: What every programme has a page of its own for, and the link whose readers may open it.
_OWN = {"coverage_programme": "coverage", "programme_money": "money", "outside_new": "outside_list"}
_BY_NAME = {one.name: one for _title, links in PARTS for one in links}


def links_of(programme: Programme, user: Reader) -> list[tuple[str, str]]:
    """(address, label) of what one does with a programme, as far as this reader may."""
    work = [(_BY_NAME[name], _BY_NAME[name].url) for name in _WORK_OF.get(programme.kind, ())]
    own = [
        (_BY_NAME[like], reverse(f"programs:{name}", args=[programme.code]))
        for name, like in _OWN.items()
    ]
    return [(url, str(one.label)) for one, url in [*work, *own] if one.why_not(user) is None]


def sections(user: Reader) -> Iterator[tuple[str, list[Link]]]:
    """The parts with the links this reader may open; no part without any. No query of its own."""
    for title, links in PARTS:
        allowed = [one for one in links if one.why_not(user) is None]
        if allowed:
            yield str(title), allowed
