"""The standards under which a round decides its lists.

A department may order a second assessment under the standard of the next period before its numbers
are confirmed. It is worked out and shown as a trial beside the other; nothing waits for it, and
nobody is decided on by it.
"""

from households.models import PovertyStandard, ReviewRound
from households.services import rounds, standards


def decided_under(round: ReviewRound) -> list[PovertyStandard]:
    """Those of the round, the opening one last, without an opening one that is a trial. Two
    queries at most."""
    found = rounds.scored_under(round)
    return found[:1] if len(found) > 1 and standards.why_trial(found[-1]) else found


def why_only_trial(round: ReviewRound, standard: PovertyStandard) -> str | None:
    """Why no list of the round can be decided under a standard that is a trial in it. Two queries
    at most."""
    if standard in decided_under(round):
        return None
    return standards.why_trial(standard)


def trial_in(round: ReviewRound) -> tuple[PovertyStandard, str] | None:
    """The standard that is a trial in the round, and why; None where all of them decide. Two
    queries at most."""
    last = rounds.scored_under(round)[-1:]
    for standard in last:
        if reason := why_only_trial(round, standard):
            return standard, reason
    return None
