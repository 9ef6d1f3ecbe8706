"""A commune's register of certificates, and what stands on each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet

from households import clock
from households.choices import CertificateState
from households.folding import fold
from households.models import Area, Certificate, Membership, StatusPeriod
from households.models.area_reach import made_of
from households.models.certificates import CERTIFIED


@dataclass
class OnPaper:
    """A certificate with the members its paper lists, the head first, and its village."""

    certificate: Certificate
    village: Area
    head_name: str
    members: list[Membership] = field(default_factory=list)


def register(
    commune: Area, *, village: int | None = None, state: str = "", words: str = ""
) -> QuerySet[Certificate]:
    """By number, with those of the communes it was made of. `words` are looked for in the head's
    name, without accents, or as the number. Two queries, with the one for the communes."""
    found = Certificate.objects.filter(commune__in=made_of(commune)).select_related(
        "household__card__village", "ended_by"
    )
    if village:
        found = found.filter(household__card__village=village)
    if state == NOT_HANDED_OVER:
        found = found.filter(state=CertificateState.IN_FORCE, handed_over_on__isnull=True)
    elif state in CertificateState.values:
        found = found.filter(state=state)
    if words.strip().isdigit():
        found = found.filter(serial=int(words))
    elif words.strip():
        for word in fold(words).split():
            found = found.filter(household__card__folded_names__contains=word)
    return found.order_by("-year", "serial")


#: A filter beside the states: in force and still at the office.
NOT_HANDED_OVER = "HERE"


def without_one(communes: Collection[Area]) -> dict[int, int]:
    """By commune its listed households that have no certificate in force; a commune of which every
    one has its own is not in it. One query."""
    has_one = Certificate.objects.filter(
        household=OuterRef("household"), state=CertificateState.IN_FORCE
    )
    listed = StatusPeriod.objects.filter(
        ~Exists(has_one),
        household__card__village__parent__in=communes,
        household__card__is_ended=False,
        valid_to__isnull=True,
        list_owner__isnull=True,
        poverty_class__in=CERTIFIED,
    )
    by_commune = listed.values_list("household__card__village__parent")
    return dict(by_commune.annotate(number=Count("pk")))


def on_paper(certificates: Iterable[Certificate]) -> list[OnPaper]:
    """What their papers say. `certificates` as register gives them. Two queries, whatever their
    number."""
    found = [
        OnPaper(one, one.household.card.village, one.household.card.head_name)
        for one in certificates
    ]
    members: dict[int, list[Membership]] = defaultdict(list)
    today = clock.today()
    living = Membership.objects.on(today).filter(
        household__in=[one.certificate.household_id for one in found]
    )
    for one in living.select_related("person").order_by("pk"):
        members[one.household_id].append(one)
    for paper in found:
        own = members[paper.certificate.household_id]
        paper.members = sorted(own, key=lambda one: one.relation != "head")
    return found
