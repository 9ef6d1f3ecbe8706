"""Tables from the sums that are kept of each commune (queries.summaries), placed by the rows of a
question. They say what the facts say; a commune that changed since is read from its facts."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from households.choices import AreaLevel
from households.models import Area
from reports.choices import FigureLevel, FigureStatus
from reports.queries import page_memo, summaries
from reports.queries.questions import Question
from reports.queries.summaries import ClassCount, DeprivationCount, EthnicCount, HeadCount


class _OfCommune(Protocol):
    @property
    def area_id(self) -> int: ...


Kept = TypeVar("Kept", bound=_OfCommune)


def answers(question: Question) -> bool:
    """Results by commune and above on the map of the round's own day. Decided lists, villages, and
    the units of another day, villages of one settlement and the practice area are read from the
    facts."""
    return question.status == FigureStatus.PRELIMINARY and _adds_up(question)


def _adds_up(question: Question) -> bool:
    return (
        question.level != FigureLevel.VILLAGE
        and question.on == question.round.as_of
        # Sums of a commune hold its urban and its rural villages.
        and question.narrowing.settlement is None
        and not question.area.is_practice
    )


def heads(question: Question, poverty_classes: Sequence[str]) -> list[tuple[int, HeadCount]] | None:
    """Rows with the key of the unit they count in; None where the facts have to be read. At most
    two queries, as of the others."""
    found = _every_head(question) if answers(question) else None
    if found is None:
        return None
    return [(unit, one) for unit, one in found if one.poverty_class in poverty_classes]


def surveyed(question: Question) -> list[tuple[int, HeadCount]] | None:
    """As `heads`, of all who were surveyed, whatever lists say."""
    return _every_head(question) if _adds_up(question) else None


def _every_head(question: Question) -> list[tuple[int, HeadCount]] | None:
    """Read once a page: residents are counted by the same sums as the poor among them."""
    told = (question.round.pk, question.standard.pk, question.area.pk, question.level, question.on)
    return page_memo.once(
        ("heads", *told),
        lambda: _placed(
            question,
            lambda branches: summaries.heads(
                round=question.round, standard=question.standard, branches=branches,
                level=AreaLevel.COMMUNE,
            ),
        ),
    )  # fmt: skip


def classes(
    question: Question, poverty_classes: Sequence[str]
) -> list[tuple[int, ClassCount]] | None:
    """As `heads`, with groups."""
    if not answers(question):
        return None
    return _placed(
        question,
        lambda branches: summaries.classes(
            round=question.round, standard=question.standard, branches=branches,
            level=AreaLevel.COMMUNE, poverty_classes=poverty_classes,
        ),
    )  # fmt: skip


def deprivations(
    question: Question, poverty_classes: Sequence[str], width: int
) -> list[tuple[int, DeprivationCount]] | None:
    """As `classes`; `width` is the number of the standard's indicators."""
    if not answers(question):
        return None
    return _placed(
        question,
        lambda branches: summaries.deprivations(
            round=question.round, standard=question.standard, branches=branches, width=width,
            level=AreaLevel.COMMUNE, poverty_classes=poverty_classes,
        ),
    )  # fmt: skip


def ethnic_groups(
    question: Question, poverty_classes: Sequence[str]
) -> list[tuple[int, EthnicCount]] | None:
    """As `classes`."""
    if not answers(question):
        return None
    return _placed(
        question,
        lambda branches: summaries.ethnic_groups(
            round=question.round, standard=question.standard, branches=branches,
            level=AreaLevel.COMMUNE, poverty_classes=poverty_classes,
        ),
    )  # fmt: skip


def _placed(
    question: Question, read: Callable[[list[str]], list[Kept]]
) -> list[tuple[int, Kept]] | None:
    placed = []
    for one in read(_branches(question)):
        then = question.units.commune_then(one.area_id)
        if then is None:
            # Of a commune that was split: only its villages tell where they count.
            return None
        placed += [(unit, one) for unit in question.units.communes.get(then, [])]
    return placed


def _branches(question: Question) -> list[str]:
    """The area, and communes of other days that lie in it on the round's day; of an area of another
    day the province as it was then. One query at most."""
    units, round = question.units, question.round
    if not question.area.is_valid_on(round.as_of):
        return [round.province.inner_path, question.area.inner_path]
    became = [pk for pk, then in units.then.items() if then in units.communes and pk != then]
    if not became:
        return [question.area.inner_path]
    others = page_memo.of_state(
        ("branches", *sorted(became)),
        lambda: [one.inner_path for one in Area.objects.filter(pk__in=became)],
    )
    return [question.area.inner_path, *others]
