"""A round's procedure as a commune records it from paper."""

import datetime as dt
from functools import lru_cache
from typing import Any

from households.choices import SignerTitle
from households.models import Area, ReviewRound, User, VillageReview
from households.services import terms, village_steps
from households.services.lists import Paper
from households.services.steps import Act
from tests.factories import pictures

HEAD = "Triệu Văn Trưởng"


@lru_cache(maxsize=1)
def pages() -> tuple[bytes, ...]:
    """A signed paper of one page, as it is scanned."""
    return (pictures.jpeg(60, 80),)


def act(month: int, day: int, **facts: Any) -> Act:
    """An act of 2024 with its signed paper."""
    given = {"acted_by_name": HEAD, "pages": pages(), **facts}
    return Act(dt.date(facts.pop("year", 2024), month, day), **given)


def meeting(**facts: Any) -> village_steps.Meeting:
    """Forty present, all agree."""
    return village_steps.Meeting(
        **{
            "place": "Nhà văn hóa thôn",
            "secretary_name": "Lý Thị Thư",
            "present": 40,
            "agreed": 40,
            **facts,
        }
    )


def paper(month: int = 10, day: int = 20, number: str = "15/QĐ-UBND") -> Paper:
    return Paper(number, dt.date(2024, month, day), "Hoàng Văn Chủ", SignerTitle.CHAIR)


def confirm_terms(by: User) -> None:
    """The department has read the texts: every term of the procedure is set as it is shipped."""
    for name, value in (
        ("posting_days", "3"),
        ("recheck_days", "3"),
        ("opinion_days", "5"),
        ("district_opinion_until", "2025-06-30"),
    ):
        terms.set_term(
            name=name, value=value, valid_from=dt.date(2021, 9, 1), source="Văn bản", by=by
        )


def closed_village(
    round: ReviewRound, village: Area, by: User, first_day: int = 1
) -> VillageReview:
    """Surveyed, met, posted and taken down in October 2024, from `first_day` on (a Tuesday)."""
    way = village_steps.begun(round=round, village=village)
    village_steps.finish_survey(way=way, act=act(10, first_day), by=by)
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, first_day + 1), by=by)
    village_steps.post(
        way=way, places="Nhà văn hóa thôn", is_read_out=True, act=act(10, first_day + 1), by=by
    )
    village_steps.close_posting(way=way, act=act(10, first_day + 6), by=by)
    return way
