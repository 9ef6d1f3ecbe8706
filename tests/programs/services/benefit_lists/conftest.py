"""A commune with families, and lists of the bank, the insurer, the school as files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from households.models import Household, User
from programs import tasks
from programs.models import BenefitList, Programme
from programs.services.benefit_lists import batches
from programs.services.benefit_lists.batches import ListFacts
from tests.factories import families, people
from tests.programs.conftest import Land, day

LOANS = "Họ tên,Ngày sinh,Xã,Số tiền (triệu đồng),Ngày giải ngân,Số khế ước,Đối tượng"


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.POVREG_IMPORTS = tmp_path / "imports"
    settings.LANGUAGE_CODE = "en"
    assert tasks.run_benefit_list.name == "programs.run_benefit_list"


@pytest.fixture
def poor(land: Land) -> Household:
    home = people.household(
        land.village, people.person("Nông Văn Thử", personal_id="006080001234"),
        people.person("Nông Thị Con", birth_date=day("2010-02-03")),
    )  # fmt: skip
    families.on_list(home, land.decision, since=day("2023-01-01"))
    return home


Sends = Callable[..., BenefitList]


@pytest.fixture
def sends(land: Land) -> Sends:
    """Send lines of text as a list of a programme; the job checks it at once."""

    def send(code: str, *lines: str, by: User | None = None, **facts: Any) -> BenefitList:
        told = {
            "programme": Programme.objects.get(code=code), "area": land.commune, "year": 2024,
            "sender": "Ngân hàng Chính sách xã hội", "listed_on": day("2024-06-30"),
        } | facts  # fmt: skip
        sent = SimpleUploadedFile("danh-sach.csv", "\n".join(lines).encode())
        made = batches.receive(facts=ListFacts(**told), file=sent, by=by or land.officer)
        batches.run(list_id=made.pk)
        made.refresh_from_db()
        return made

    return send


def recorded(listed: BenefitList, *, good_only: bool = False) -> BenefitList:
    batches.confirm(listed=listed, by=listed.sent_by, good_only=good_only)
    batches.run(list_id=listed.pk)
    listed.refresh_from_db()
    return listed


def outcomes(listed: BenefitList) -> dict[int, str]:
    return dict(listed.rows.values_list("line", "outcome"))
