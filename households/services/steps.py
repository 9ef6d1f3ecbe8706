"""Taking one step of a village or a commune: asked, locked, recorded with its paper, once."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households import clock, policies
from households.errors import Conflict, Invalid, Refused, Words
from households.models import Area, CommuneReview, ReviewRound, StepTaken, User, VillageReview
from households.services import attachments, audit, marks
from households.workflow import SURVEYS_OPEN_IN_COMMUNE, Step


@dataclass(frozen=True)
class Act:
    """What was done on paper: the day, who led or signed it, the paper's number and its pages
    (JPEG, PNG or PDF), a note, which is the reason of a step back, and whether the signed paper of
    each form is in the file."""

    acted_on: dt.date
    acted_by_name: str = ""
    paper_number: str = ""
    note: str = ""
    pages: Sequence[bytes] = ()
    papers_in_file: bool = False


@dataclass(frozen=True)
class Taken:
    """A step being taken, inside its act: the row of it, and the ways as locked."""

    row: StepTaken
    commune_way: CommuneReview
    village_way: VillageReview | None
    act: Act

    @property
    def round(self) -> ReviewRound:
        return self.commune_way.round


@contextmanager
def taken_by_village(*, step: Step, way: VillageReview, act: Act, by: User) -> Iterator[Taken]:
    """Take `step` of a village; what the block writes belongs to it, and nothing is written when it
    fails. The commune has to be under review.

    Raises Refused (not one's step, round closed, commune past its villages), Conflict (taken
    already, told by whom and when), Invalid (day, reason or paper missing). Cost: ten statements.
    """
    village = way.village
    paper = _asked(step, village, way.round, act, by)
    with transaction.atomic():
        commune_way = _locked_commune(way.round, village)
        locked = VillageReview.objects.select_for_update(of=("self",)).get(pk=way.pk)
        if commune_way.state not in SURVEYS_OPEN_IN_COMMUNE:
            raise Refused(_("The commune is past its villages in this round."))
        last = StepTaken.objects.filter(village_review=locked).order_by("-pk").first()
        _check_turn(step, locked.state, last, act)
        with _recorded(step, commune_way, locked, act, by) as row:
            if paper:
                attachments.keep_paper(of=row, paper=paper, by=by)
            yield Taken(row, commune_way, locked, act)
            VillageReview.objects.filter(pk=locked.pk).update(state=step.target)
    way.state = step.target


@contextmanager
def taken_by_commune(*, step: Step, way: CommuneReview, act: Act, by: User) -> Iterator[Taken]:
    """Take `step` of a commune. Raises as taken_by_village does."""
    paper = _asked(step, way.commune, way.round, act, by)
    with transaction.atomic():
        locked = _locked_commune(way.round, None, way.commune)
        last = StepTaken.objects.filter(commune_review=locked, village_review=None)
        _check_turn(step, locked.state, last.order_by("-pk").first(), act)
        with _recorded(step, locked, None, act, by) as row:
            if paper:
                attachments.keep_paper(of=row, paper=paper, by=by)
            yield Taken(row, locked, None, act)
            CommuneReview.objects.filter(pk=locked.pk).update(state=step.target)
    way.state = step.target


def _asked(
    step: Step, area: Area, round: ReviewRound, act: Act, by: User
) -> attachments.MadePaper | None:
    """All that can be said before anything is locked; the paper made ready."""
    if reason := policies.why_not_take_step(by, step, area):
        raise Refused(reason)
    if round.is_closed:
        raise Refused(_("The review round %(round)s is closed.") % {"round": round.key})
    fields: dict[str, list[Words]] = {}
    if step.needs_reason and not act.note.strip():
        fields["note"] = [_("Write the reason.")]
    if act.acted_on > clock.today():
        fields["acted_on"] = [_("This day is still to come.")]
    elif act.acted_on < round.opens_on:
        fields["acted_on"] = [_("The round had not begun on this day.")]
    if step.has_paper and not act.acted_by_name.strip():
        fields["acted_by_name"] = [_("Write who led or signed it.")]
    if policies.takes_for_another(by, step, area) and not act.pages:
        fields["pages"] = [_("Attach the signed paper: you record what somebody else has done.")]
    if fields:
        raise Invalid(_("The step is not recorded yet."), fields=fields)
    return attachments.made_paper(act.pages) if act.pages else None


def _locked_commune(
    round: ReviewRound, village: Area | None, commune: Area | None = None
) -> CommuneReview:
    """The commune's way, locked first, so that no two steps of one commune wait for each other."""
    of_whom = {"commune": commune} if commune else {"commune": village and village.parent_id}
    return (
        CommuneReview.objects.select_for_update(of=("self",))
        .select_related("round__province", "commune")
        .get(round=round, **of_whom)
    )


def _check_turn(step: Step, state: str, last: StepTaken | None, act: Act) -> None:
    if state != step.source:
        if last is None:
            raise Conflict(_("Another step comes first."))
        words = _("It stands elsewhere now: %(who)s recorded a step on %(when)s.")
        when = timezone.localtime(last.recorded_at).strftime("%d/%m/%Y %H:%M")
        raise Conflict(words % {"who": last.recorded_by, "when": when})
    if last and act.acted_on < last.acted_on:
        words = _("The step before was on %(day)s.") % {"day": f"{last.acted_on:%d/%m/%Y}"}
        raise Invalid(words, fields={"acted_on": [words]})


@contextmanager
def _recorded(
    step: Step, commune_way: CommuneReview, way: VillageReview | None, act: Act, by: User
) -> Iterator[StepTaken]:
    area = way.village if way else commune_way.commune
    with audit.act(
        by=by,
        verb=step.verb,
        area=area,
        subject=way or commune_way,
        details={"round": commune_way.round.key, "acted_on": act.acted_on.isoformat()},
        reason=act.note.strip(),
    ):
        yield StepTaken.objects.create(
            commune_review=commune_way,
            village_review=way,
            verb=step.verb,
            acted_on=act.acted_on,
            acted_by_name=act.acted_by_name.strip(),
            paper_number=act.paper_number.strip(),
            note=act.note.strip(),
            papers_in_file=act.papers_in_file,
            recorded_by=by,
        )
        marks.mark_changed(round_id=commune_way.round_id, commune_ids=[commune_way.commune_id])
