"""Every column of every table has words of its own, in both languages."""

import pytest
from django.utils import translation

from households.models import EthnicGroup, ListEntry
from reports.choices import FigureLevel
from reports.queries import column_words, list_changes, questions, tables
from tests.factories import figures


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_column_is_without_words(language: str) -> None:
    world = figures.world()
    EthnicGroup.objects.create(code="08", name="Mông", is_minority=True)
    asked = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.PROVINCE
    )
    with translation.override(language):
        for code, table in tables.TABLES.items():
            if table.source is None:
                continue
            words = column_words.of(code, asked)
            columns = [*table.columns(asked), *(list_changes.SUMS if code == "T2" else ())]
            assert set(columns) <= set(words), code
            full = [words[column].full for column in columns]
            assert all(full), code
            if code != "T10":  # the world has no list of causes: codes stand for them
                assert all(words[column].head for column in columns), code
                assert not [one for one in full if "_" in one], code
            assert len(set(full)) == len(full), code
    assert column_words.of("T99", asked) == {}


@pytest.mark.django_db
def test_what_a_column_alone_says() -> None:
    world = figures.world()
    ListEntry.objects.create(
        list_code="causes", code="2", name_vi="Không có vốn", name_en="No capital"
    )
    asked = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.PROVINCE
    )

    def said(code: str, column: str) -> tuple[str, str]:
        words = column_words.of(code, asked)[column]
        return words.head, words.full

    assert said("T4", "water") == (
        "Nguồn nước sinh hoạt",
        "Hộ nghèo thiếu hụt: Nguồn nước sinh hoạt",
    )
    assert said("T8", "near_poor_total") == ("Tổng số", "Hộ cận nghèo")
    assert said("T9", "poor_02") == ("Tày", "Hộ nghèo: Tày")
    assert said("T10", "cause_2") == ("Không có vốn", "Hộ nghèo, nguyên nhân: Không có vốn")
    with translation.override("en"):
        assert said("T10", "cause_2")[1] == "Poor households, cause: No capital"
        assert said("T11", "children")[1] == "Children of poor households"
