"""The rules of the two standards, and some lives, made once for all tests of the province."""

import datetime as dt

import pytest

from households.scoring import PointTable, Standard
from households.services.demo.province import lives
from households.services.demo.province.bank import Bank, Rules
from households.services.demo.province.lives import Life
from households.services.standard_documents import FOLDER, read_file

YEARS = (2021, 2022, 2023, 2024)


@pytest.fixture(scope="session")
def rules() -> Rules:
    return Rules(
        Standard.from_document(read_file(FOLDER / "std_2016.toml")),
        Standard.from_document(read_file(FOLDER / "std_2022.toml")),
        PointTable.from_document(read_file(FOLDER / "points" / "std_2022_sample.toml")),
    )


@pytest.fixture(scope="session")
def led(rules: Rules) -> list[Life]:
    scored = dict.fromkeys(YEARS, (rules.new,)) | {2021: (rules.old, rules.new)}
    days = {year: dt.date(year, 10, 1) for year in YEARS}
    return list(lives.lead(300, days, scored, "seed"))


@pytest.fixture
def bank(led: list[Life], rules: Rules) -> Bank:
    return Bank(led, rules, YEARS, "seed")
