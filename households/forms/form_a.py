"""Form A, quick identification: questions and stop rule from households/data/form_a.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

_FILE = Path(__file__).parents[1] / "data" / "form_a.toml"


@dataclass(frozen=True)
class Question:
    """A yes/no sign of means."""

    code: str
    vi: str
    en: str

    @property
    def words(self) -> str:
        return self.en if get_language() == "en" else self.vi


@dataclass(frozen=True)
class FormA:
    """`stops_at`: this many yes answers end the review. Unconfirmed as long as the data say so."""

    questions: tuple[Question, ...]
    stops_at: int
    is_confirmed: bool

    def passes(self, answers: Mapping[str, bool]) -> bool | None:
        """True: on to form B; False: the review ends; None while open answers decide it."""
        yes = sum(answers.get(question.code) is True for question in self.questions)
        unanswered = sum(question.code not in answers for question in self.questions)
        if yes >= self.stops_at:
            return False
        return None if yes + unanswered >= self.stops_at else True


@lru_cache(maxsize=1)
def form_a() -> FormA:
    with _FILE.open("rb") as stream:
        document = tomllib.load(stream)
    return FormA(
        questions=tuple(
            Question(code=one["code"], vi=one["vi"], en=one["en"]) for one in document["questions"]
        ),
        stops_at=document["stop_rule"]["yes_answers"],
        is_confirmed=document["stop_rule"]["confirmed"],
    )
