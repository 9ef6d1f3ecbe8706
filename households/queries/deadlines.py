"""Until when a village or a commune has to be how far: the last days set for a round."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from households.choices import CommuneState, RoundStage, VillageState
from households.models import ReviewRound, RoundDeadline

#: Which stage ends the time in each state; a village that is closed has nothing more to do.
_OF_VILLAGE: Mapping[VillageState, RoundStage] = {
    VillageState.LISTED: RoundStage.SURVEYED,
    VillageState.SURVEYED: RoundStage.MEETING_HELD,
    VillageState.MEETING_HELD: RoundStage.CLOSED,
    VillageState.POSTED: RoundStage.CLOSED,
}
_OF_COMMUNE: Mapping[CommuneState, RoundStage] = {
    CommuneState.OPEN: RoundStage.CLOSED,
    CommuneState.RETURNED: RoundStage.SENT_UP,
    CommuneState.VILLAGES_CLOSED: RoundStage.SENT_UP,
    CommuneState.SENT_UP: RoundStage.RECOGNISED,
    CommuneState.OPINION: RoundStage.RECOGNISED,
}
_ORDER = list(RoundStage)


@dataclass(frozen=True)
class Deadlines:
    """The days set, by stage, and the round's own last day."""

    by_stage: Mapping[str, dt.date]
    closes_on: dt.date

    def of_stage(self, stage: RoundStage) -> dt.date:
        """The stage's day, else that of the next stage that has one, else the round's last."""
        return self.set_for(stage) or self.closes_on

    def set_for(self, stage: RoundStage) -> dt.date | None:
        """As of_stage; None where neither it nor a later stage has a day of its own."""
        later = _ORDER[_ORDER.index(stage) :]
        return next((self.by_stage[one] for one in later if one in self.by_stage), None)

    def of_village(self, state: VillageState) -> dt.date | None:
        stage = _OF_VILLAGE.get(state)
        return self.of_stage(stage) if stage else None

    def of_commune(self, state: CommuneState) -> dt.date | None:
        """For a commune under review the day its villages have to be done."""
        stage = _OF_COMMUNE.get(state)
        return self.of_stage(stage) if stage else None


def of_round(round: ReviewRound) -> Deadlines:
    """One query."""
    rows = RoundDeadline.objects.filter(round=round).values_list("stage", "due_on")
    return Deadlines(dict(rows), round.closes_on)
