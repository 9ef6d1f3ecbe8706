"""Names without accents: the Python rule and the SQL rule are one."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from households.folding import fold

LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("HO\u0300A", "hoa"),
        ("Đặng  Thị\tMỹ ", "dang thi my"),
        ("Nguyễn Phước", "nguyen phuoc"),
        ("", ""),
    ],
)
def test_one_spelling_for_all_ways_of_writing(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=LETTERS + LETTERS.upper() + " \t'-0123456789\u0300\u0301\u0323"))
def test_the_database_folds_alike(written: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT povreg_fold(%s)", [written])
        assert cursor.fetchone()[0] == fold(written)
