"""The two files of a province's review, in the exchange format. Pure but for the files."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random

from households.services.demo.people import PersonalNumbers
from households.services.demo.province.histories import ABSENT
from households.services.demo.province.incomes import Bands, moved
from households.services.demo.province.residents import Resident, letters, people
from households.services.demo.province.targets import YEARS
from households.services.demo.rows import Row, paper_points

_MINORITY = "ethnic_minority"


class Writer:
    """Writes the years one after the other; a resident is told as he stands in that year."""

    def __init__(
        self, residents: Sequence[Resident], bands: Bands, numbers: PersonalNumbers, seed: str
    ) -> None:
        self._residents, self._bands, self._seed = residents, bands, seed
        self._numbers = numbers

    def write(
        self, folder: Path, as_of: date, surveyed: Mapping[str, Sequence[float]] | None = None
    ) -> int:
        """households.csv and members.csv of the review on `as_of`; how many households.

        `surveyed` are the shares done of a commune's villages, over and over, for a round under
        way; communes that it does not name have not begun.
        """
        rng = Random(f"{self._seed}:{as_of.year}")  # noqa: S311 – invented data
        count = 0
        with (
            (folder / "households.csv").open("w", encoding="utf-8", newline="") as households,
            (folder / "members.csv").open("w", encoding="utf-8", newline="") as members,
        ):
            for resident in self._reviewed(as_of.year, surveyed):
                row, rows = self._told(resident, as_of, rng)
                if not count:
                    households.write(",".join(row) + "\n")
                    members.write(",".join(rows[0]) + "\n")
                households.write(",".join(row.values()) + "\n")
                members.writelines(",".join(one.values()) + "\n" for one in rows)
                count += 1
        return count

    def gone(self, year: int) -> list[tuple[str, int]]:
        """Keys of the households that were there the year before and are no more, each with the
        members it had."""
        return [
            (one.key, len(one.pattern.members[year - 1]))
            for one in self._residents
            if year in YEARS[1:]
            and letters(one.history, year - 1)[0] != ABSENT
            and letters(one.history, year)[0] == ABSENT
        ]

    def _reviewed(
        self, year: int, surveyed: Mapping[str, Sequence[float]] | None
    ) -> Iterator[Resident]:
        there = [one for one in self._residents if letters(one.history, year)[0] != ABSENT]
        if surveyed is None:
            yield from there
            return
        villages: dict[str, dict[str, list[Resident]]] = defaultdict(lambda: defaultdict(list))
        for one in there:
            villages[one.place.commune_code][one.place.village].append(one)
        for commune, shares in surveyed.items():
            for number, name in enumerate(sorted(villages[commune])):
                living = villages[commune][name]
                yield from living[: round(shares[number % len(shares)] * len(living))]

    def _told(self, resident: Resident, as_of: date, rng: Random) -> tuple[Row, list[Row]]:
        year, pattern = as_of.year, resident.pattern
        own = people(resident, year, self._numbers, rng)
        resident.rank = moved(resident.rank, rng)
        letter, old = letters(resident.history, year)
        income = self._bands.income_vnd(resident.place.settlement, letter, old, resident.rank)
        row = pattern.households[year] | _place(resident) | {"head_name": own[0].full_name}
        row |= _income(pattern.told_by[year], resident.place.settlement, income)
        if resident.ethnic_group == "Kinh":
            groups = [one for one in row["policy_groups"].split(";") if one != _MINORITY]
            row["policy_groups"] = ";".join(groups)
        rows = []
        for member, told in zip(own, pattern.members[year], strict=True):
            number = told["member_id"].rpartition("-")[2]
            rows.append(
                told
                | {
                    "member_id": f"{resident.key}-{number}",
                    "household_id": resident.key,
                    "full_name": member.full_name,
                    "birth_date": member.birth_date,
                    "ethnic_group": resident.ethnic_group,
                    "cccd": member.personal_id,
                }
            )
        return row, rows


def _place(resident: Resident) -> Row:
    place = resident.place
    return {
        "household_id": resident.key,
        "province_code": place.province_code,
        "district_code": place.district_code,
        "district": place.district,
        "commune_code": place.commune_code,
        "commune": place.commune,
        "village": place.village,
        "ethnic_group": resident.ethnic_group,
    }


def _income(told_by: str, settlement: str, income_vnd: int) -> Row:
    return {
        "income_per_capita_month_vnd": str(income_vnd) if told_by == "amount" else "",
        "b1_points_paper": str(paper_points(settlement, income_vnd)) if told_by == "paper" else "",
    }
