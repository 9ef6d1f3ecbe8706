"""What the minutes of a village meeting say of one that was recorded. Vietnamese, the language of
the law; callers hold the language."""

from typing import Any

from households.choices import MeetingOutcome
from households.models import VillageMeeting
from households.queries import meetings


def meeting_data(held: VillageMeeting) -> dict[str, Any]:
    """Plain values; what nobody recorded stays a line to write on. Two queries."""
    votes = sorted(held.votes.all(), key=lambda one: one.pk)
    failed = [
        one.survey.head_name
        for one in votes
        if one.agreed * 100 < held.required_percent * held.present
    ]
    day = held.step.acted_on
    return {
        "day": [f"{day:%d}", f"{day:%m}", f"{day:%Y}"],
        "place": held.place,
        "chair": held.chair_name,
        "secretary": held.secretary_name,
        "present": held.present,
        "agreed": held.agreed,
        "percent": percent(held.agreed, held.present),
        "required": held.required_percent,
        "opinions": held.opinions,
        "alone": [
            {
                "head_name": one.survey.head_name,
                "agreed": one.agreed,
                "percent": percent(one.agreed, held.present),
            }
            for one in votes
        ],
        "outcome": _OUTCOMES[MeetingOutcome(held.outcome)].format(
            required=held.required_percent, failed="; ".join(failed)
        ),
        "reopened": meetings.are_forms_reopened_since(held),
    }


def agreed_alone(held: VillageMeeting) -> dict[int, int]:
    """How many agreed with each household that was voted on alone, by its id."""
    return {one.survey.household_id: one.agreed for one in held.votes.all()}


def percent(agreed: int, present: int) -> str:
    """ "66,66": cut off, never rounded up over the share that is needed."""
    hundredths = agreed * 10_000 // present
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")


_OUTCOMES = {
    MeetingOutcome.AGREED: "Cuộc họp thống nhất kết quả rà soát.",
    MeetingOutcome.AGREED_EXCEPT: "Cuộc họp thống nhất kết quả rà soát, trừ các hộ có dưới"
    " {required} % số người dự họp đồng ý: {failed}; các hộ này được rà soát lại và họp lại.",
    MeetingOutcome.NOT_AGREED: "Dưới {required} % số người dự họp đồng ý; thôn rà soát lại và họp"
    " lại.",
}
