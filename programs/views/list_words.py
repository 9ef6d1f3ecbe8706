"""How a commune stands to a list, village by village and in words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.models import Area
from households.models.people import code_of
from programs.choices import ProgrammeKind
from programs.choices.support_lists import Receiver
from programs.models import Programme, ProgrammeTerms, SupportList
from programs.queries import list_candidates
from programs.queries.entitlement import Ground, rule_of
from programs.queries.list_candidates import DUE, Candidate, Key, Stands, Undecided
from programs.views import ground_words
from programs.workflow.support_lists import RECEIVERS

#: Of those nobody can say anything about, so many are named; the rest is counted.
_NAMED = 20


def usual_receiver(programme: Programme, commune: Area) -> str:
    """What the office is mostly called; the officer changes it."""
    district = commune.parent
    place = district.name if district and district.level == AreaLevel.DISTRICT else commune.name
    receiver = RECEIVERS[ProgrammeKind(programme.kind)]
    if receiver == Receiver.BANK:
        return f"Phòng giao dịch Ngân hàng Chính sách xã hội {place}"
    return f"Bảo hiểm xã hội {place}" if receiver == Receiver.INSURER else ""


@dataclass
class VillageStanding:
    """Recipients of one village: entitled by how they stand, and how many are on the list.
    `wishing`: those due who wish it."""

    village: Area
    due: int = 0
    wishing: int = 0
    served: int = 0
    on_the_way: int = 0
    listed: int = 0
    undecided: int = 0


@dataclass(frozen=True)
class Reason:
    """Why nobody can say: what is missing, of how many recipients, the first of them with the code
    of their household."""

    words: str
    count: int
    first: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def standings(found: SupportList) -> dict[str, Any]:
    """A draft's villages, and those of whom nobody can say. Some twenty queries."""
    entitled = list_candidates.candidates(
        found.programme, found.listed_on, school_year=found.school_year, commune=found.commune,
        apart_from=found.pk,
    )  # fmt: skip
    unclear = list_candidates.undecided(found.programme, found.listed_on, commune=found.commune)
    on_it = Counter(found.rows.values_list("village", flat=True))
    villages = _by_village(entitled, unclear, on_it)
    return {
        "standings": villages,
        "due_left": sum(one.due for one in villages) - _due_listed(found, entitled),
        "reasons": reasons(unclear),
        "undecided": len(unclear),
    }


def _due_listed(found: SupportList, entitled: Iterable[Candidate]) -> int:
    rows = set(found.rows.values_list("household", "person"))
    return sum(one.stands in DUE and one.key in rows for one in entitled)


def _by_village(
    entitled: Iterable[Candidate], unclear: Iterable[Undecided], on_it: Counter[int]
) -> list[VillageStanding]:
    stands: dict[int, Counter[str]] = defaultdict(Counter)
    for one in entitled:
        stands[one.village_id]["due" if one.stands in DUE else one.stands.value] += 1
        stands[one.village_id]["wishing"] += one.stands in DUE and one.wishes
    for lacking in unclear:
        stands[lacking.village_id]["undecided"] += 1
    villages = Area.objects.filter(pk__in={*stands, *on_it}).order_by("folded_name")
    return [
        VillageStanding(village, **stands[village.pk], listed=on_it[village.pk])
        for village in villages
    ]


def reasons(unclear: Sequence[Undecided]) -> list[Reason]:
    """The most frequent first. Three queries."""
    missing = _missing_words({name for one in unclear for name in one.unknown})
    by_words: dict[str, list[Undecided]] = defaultdict(list)
    for one in unclear:
        words = sorted({missing[name] for name in one.unknown if name in missing})
        by_words["; ".join(words)].append(one)
    first: set[Key] = {
        (one.household_id, one.person_id) for rows in by_words.values() for one in rows[:_NAMED]
    }
    names = list_candidates.names(first)
    return [
        Reason(
            words or _("a fact is missing"),
            len(rows),
            [
                (one.household_id, code_of(one.household_id),
                 names[one.household_id, one.person_id])
                for one in rows[:_NAMED]
            ],
        )
        for words, rows in sorted(by_words.items(), key=lambda pair: -len(pair[1]))
    ]  # fmt: skip


def _missing_words(unknown: set[str]) -> dict[str, str]:
    """ "terms.condition" → what is missing. One query."""
    parts = {name: name.split(".") for name in unknown}
    terms = ProgrammeTerms.objects.select_related("owner").in_bulk(
        {int(pk) for pk, __ in parts.values()}
    )
    return {
        name: ground_words.missing(
            Ground(terms[int(pk)], ((rule_of(terms[int(pk)]).conditions[int(index)], {}),))
        )[0]
        for name, (pk, index) in parts.items()
    }


#: How somebody entitled stands, for the page that ticks.
STANDS_ORDER = (Stands.GAP, Stands.LAPSING, Stands.ON_THE_WAY, Stands.SERVED)
