"""Columns of a list corrected on a page, and remembered."""

import pytest

from households.errors import Conflict, Invalid
from households.models import Household
from programs.services.benefit_lists import batches, columns
from tests.programs.conftest import Land
from tests.programs.services.benefit_lists.conftest import Sends


def test_columns_are_corrected_and_remembered(land: Land, poor: Household, sends: Sends) -> None:
    lines = ("Họ tên,Ngày sinh,Cột lạ", "Nông Văn Thử,01/05/1980,50000000")
    listed = sends("loan", *lines)
    assert listed.reading["columns"] == ["NAME", "BIRTH", ""]
    assert listed.rows.get().amount_vnd is None
    with pytest.raises(Invalid, match="two headings"):
        columns.choose(listed=listed, columns=["NAME", "NAME", ""], by=land.officer)
    with pytest.raises(Invalid, match="tells whom"):
        columns.choose(listed=listed, columns=["", "", "AMOUNT"], by=land.officer)
    with pytest.raises(Conflict):
        columns.choose(listed=listed, columns=["NAME"], by=land.officer)
    columns.choose(listed=listed, columns=["NAME", "BIRTH", "AMOUNT"], by=land.officer)
    batches.run(list_id=listed.pk)
    assert listed.rows.get().amount_vnd == 50_000_000
    assert sends("loan", *lines, "").rows.get().amount_vnd == 50_000_000
