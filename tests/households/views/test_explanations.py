"""Every note of the rules has its sentence, in both languages."""

import pytest
from django.utils import translation

from households.choices import PovertyClass
from households.scoring import NOTE_PARAMETERS, Note
from households.services import standards
from households.views.explanations import WORDED_CODES, Wording
from tests.factories import reviews

#: A value for each parameter a note may carry.
VALUES = {
    "indicator": "employment",
    "indicators": ("employment",),
    "member_no": 1,
    "because": "without_work",
    "members": 5,
    "counted": 3,
    "percent": "50",
    "strict": True,
    "fact": "floor_area_m2",
    "value": "7.9",
    "limit": 8,
    "expected": 5,
    "entered": 4,
    "about": "health_access",
    "income_vnd": 1_500_000,
    "b1_points": 140,
    "b2_points": 30,
    "point_table": "std_2022_sample",
    "variant": "NT2",
    "is_sample": True,
    "province_code": "06",
    "question": "electricity",
    "option": "x",
    "line": "poverty",
    "unit": "VND",
    "at_or_under": True,
    "count": 3,
    "unknown": 1,
    "poverty_class": PovertyClass.POOR,
    "rule": "poor",
    "possible": (PovertyClass.POOR, PovertyClass.NEAR_POOR),
    "standard": "std_2022",
    "what": "b1_points",
    "paper": 120,
    "computed": 130,
}


@pytest.fixture
def wording(db: None) -> Wording:
    standard = reviews.standard()
    table = standards.table_in_force(standard)
    assert table is not None
    return Wording(
        standard=standards.rules_of(standard),
        table=standards.rules_of_table(table),
        names={1: "Nông Văn Thử"},
    )


def test_every_note_has_a_sentence_and_none_is_left_over() -> None:
    assert set(NOTE_PARAMETERS) == WORDED_CODES


@pytest.mark.parametrize("code", sorted(NOTE_PARAMETERS))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_names_no_code_and_leaves_no_gap(
    wording: Wording, code: str, language: str
) -> None:
    params = {name: VALUES[name] for name in NOTE_PARAMETERS[code]}
    if code == "line_reached":
        params["value"] = 1_400_000
    if code == "missing_member_fact":
        params["fact"] = "health_insurance_valid"
    if code == "cause_fact":
        params |= {"fact": "water_clean", "value": False}
    with translation.override(language):
        sentence = wording.sentence(Note(code, params))
    assert sentence
    assert "%(" not in sentence
    assert "_" not in sentence


def test_a_lacking_member_is_called_by_name(wording: Wording) -> None:
    note = Note("cause_member", {"indicator": "employment", "member_no": 1, "because": ""})
    assert wording.sentence(note) == "Nông Văn Thử"


def test_money_is_written_as_officers_write_it(wording: Wording) -> None:
    params = {"line": "poverty", "limit": 1_500_000, "value": 1_200_000, "unit": "VND"}
    note = Note("line_reached", params | {"at_or_under": True})
    with translation.override("vi"):
        assert "1.200.000" in wording.sentence(note)
    with translation.override("en"):
        assert "1,200,000" in wording.sentence(note)
