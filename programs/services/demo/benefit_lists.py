"""A bank's list for the demonstration: loans that fit, one over the ceiling, one about nobody."""

from datetime import timedelta

from django.core.files.base import ContentFile

from households import clock
from households.choices import AreaLevel, PovertyClass, Role
from households.models import Area, Assignment, StatusPeriod, User
from households.models.areas import DatedQuerySet
from households.models.people import code_of
from programs.models import BenefitList, Programme
from programs.services.benefit_lists import batches
from programs.services.benefit_lists.batches import ListFacts

_LOANS = 6
_SENDER = "Ngân hàng Chính sách xã hội (số liệu mẫu)"


def load(*, by: User) -> BenefitList | None:
    """The list of the commune with the most households on the poor list, one with an officer before
    others, sent by him; None where one is there, or nobody is on a list. All of it is invented."""
    programme = Programme.objects.filter(code="loan").first()
    found = _commune_and_households()
    if programme is None or found is None or BenefitList.objects.exists():
        return None
    commune, households = found
    assigned = Assignment.objects.on(clock.today()).filter(area=commune, role=Role.COMMUNE_OFFICER)
    first = assigned.select_related("user").first()
    sender = first.user if first else by
    on = clock.today() - timedelta(days=10)
    facts = ListFacts(
        programme=programme, area=commune, year=on.year, sender=_SENDER, listed_on=on,
        number="12/DS",
    )  # fmt: skip
    file = ContentFile(_sheet(households, f"{on:%d/%m/%Y}").encode(), name="danh-sach-vay.csv")
    listed = batches.receive(facts=facts, file=file, by=sender)
    batches.run(list_id=listed.pk)
    listed.refresh_from_db()
    if listed.counts.get("times"):
        batches.confirm(listed=listed, by=sender, good_only=True)
        batches.run(list_id=listed.pk)
    return listed


def _officers() -> DatedQuerySet:
    return Assignment.objects.on(clock.today()).filter(role=Role.COMMUNE_OFFICER)


def _commune_and_households() -> tuple[Area, list[int]] | None:
    periods = StatusPeriod.objects.filter(
        valid_to=None, list_owner=None, poverty_class=PovertyClass.POOR,
        household__ended_on=None, household__card__village__is_practice=False,
    )  # fmt: skip
    homes: dict[int, list[int]] = {}
    for commune, household in periods.order_by("household").values_list(
        "household__card__village__parent", "household"
    ):
        homes.setdefault(commune, []).append(household)
    if not homes:
        return None
    worked_in = set(_officers().values_list("area", flat=True))
    largest = max(homes, key=lambda one: (one in worked_in, len(homes[one]), -one))
    return Area.objects.at(AreaLevel.COMMUNE).get(pk=largest), homes[largest]


def _sheet(households: list[int], day: str) -> str:
    lines = ["Mã hộ,Họ tên,Năm sinh,Số tiền (triệu đồng),Ngày giải ngân,Số khế ước"]
    for at, pk in enumerate(households[:_LOANS]):
        lines.append(f"{code_of(pk)},,,{40 + 10 * (at % 4)},{day},KU{at + 1:03}")
    lines.append(f"{code_of(households[-1])},,,150,{day},KU901")
    lines.append(f",Triệu Văn Mẫu,1979,50,{day},KU902")
    return "\n".join(lines)
