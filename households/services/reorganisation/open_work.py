"""Work that is open in the units of a part: what has to be finished first, and what goes on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.choices import COMPLAINT_IS_OPEN, CommuneState, SurveyState, VillageState
from households.choices.importing import UNDER_WAY, ImportState
from households.choices.reorganisations import OF_COMMUNES, ReorganisationKind
from households.choices.requests import RequestState
from households.choices.transfers import TransferState
from households.models import (
    Area,
    CommuneReview,
    Complaint,
    HouseholdTransfer,
    ImportBatch,
    Inspection,
    ReviewRequest,
    ReviewRound,
    Survey,
    VillageReview,
)
from households.models.area_reach import reached
from households.services.reorganisation import other_work
from households.services.reorganisation.facts import PartFacts
from households.services.reorganisation.plans import Obstacle, Page

_K = ReorganisationKind
_NOT_WRITTEN = UNDER_WAY | {ImportState.CHECKED}
#: After these nobody answers for the whole of the old commune.
_NOBODYS = frozenset({_K.SPLIT, _K.TRANSFER})


def communes_of(facts: PartFacts) -> list[Area]:
    """The communes whose work the part touches, those that take something included."""
    if facts.kind in OF_COMMUNES:
        return []
    if facts.kind == _K.LEVEL_ENDS:
        return facts.communes
    taking = facts.existing.values() if facts.kind in (_K.TRANSFER, _K.MERGE) else ()
    return [*facts.units, *taking]


def villages_of(facts: PartFacts) -> list[Area]:
    """The villages that go or change."""
    return facts.units if facts.kind in OF_COMMUNES else facts.goers


def against(facts: PartFacts) -> list[Obstacle]:
    """What has to be finished first. At most ten queries, and those of other apps."""
    if facts.kind == _K.TYPE:
        return []
    return [
        *_rounds_in_the_middle(facts),
        *_forms_of_later(facts),
        *_transfers(facts),
        *_imports(facts),
        *(_complaints_and_requests(facts) if facts.kind in _NOBODYS else ()),
        *(other_work.of(facts) if facts.kind == _K.SPLIT else ()),
    ]


def going_on(facts: PartFacts) -> list[Obstacle]:
    """What is open and goes on under the new units, of other apps too; `do_first` says how. At
    most six queries, and those of the other apps."""
    found = list(_inspections(facts))
    if facts.kind == _K.TYPE:
        return found
    found += _drafts_left(facts)
    goes_on: list[Obstacle] = []
    if facts.kind not in _NOBODYS:
        goes_on += _complaints_and_requests(facts)
        found += _rounds_not_begun(facts)
    if facts.kind != _K.SPLIT:
        goes_on += other_work.of(facts)
    how = _("It goes on: whoever serves the new unit finishes it.")
    return [*(replace(one, do_first=how) for one in goes_on), *found]


def _rounds_in_the_middle(facts: PartFacts) -> Iterator[Obstacle]:
    if facts.kind in OF_COMMUNES:
        ways = VillageReview.objects.filter(village__in=facts.units, round__is_closed=False)
        communes = {(one.round_id, one.village.parent_id) for one in ways.select_related("village")}
        wanted = Q(pk__in=[])
        for round_id, commune_id in communes:
            wanted |= Q(round=round_id, commune=commune_id)
        reviews = CommuneReview.objects.filter(wanted)
    else:
        reviews = CommuneReview.objects.filter(
            commune__in=communes_of(facts), round__is_closed=False
        )
    open_ways = reviews.exclude(state=CommuneState.RECOGNISED).select_related("round", "commune")
    for way in open_ways.order_by("round", "commune__folded_name"):
        forms = Survey.objects.filter(round=way.round, commune=way.commune)
        counted = forms.aggregate(
            all=Count("pk"), drafts=Count("pk", filter=Q(state=SurveyState.DRAFT))
        )
        villages = Area.objects.on(way.round.as_of).filter(parent=way.commune)
        closed = VillageReview.objects.filter(
            round=way.round, village__in=villages, state=VillageState.CLOSED
        )
        yield Obstacle(
            _(
                "%(commune)s is in the middle of the review round %(round)s (%(state)s):"
                " %(closed)s of %(villages)s villages have closed; %(forms)s forms,"
                " %(drafts)s of them drafts; no decision signed."
            )
            % {
                "commune": way.commune,
                "round": way.round.key,
                "state": way.get_state_display(),
                "closed": closed.count(),
                "villages": villages.count(),
                "forms": counted["all"],
                "drafts": counted["drafts"],
            },
            _("Finish the round there until its decision is recorded, or close the round."),
            Page("households:commune_way", (way.round_id, way.commune_id)),
        )


def _forms_of_later(facts: PartFacts) -> Iterator[Obstacle]:
    later = Survey.objects.filter(
        Q(village__in=villages_of(facts)), round__as_of__gte=facts.law.changed_on
    )
    for key, name, count in (
        later.values_list("round__year", "commune__name").annotate(forms=Count("pk")).order_by()
    ):
        yield Obstacle(
            _("%(forms)s forms of the round %(round)s, after that day, are of %(commune)s.")
            % {"forms": count, "round": key, "commune": name},
            _("Choose a later day: what was reviewed since stays with the units of then."),
        )


def _transfers(facts: PartFacts) -> Iterator[Obstacle]:
    villages = villages_of(facts)
    offered = HouseholdTransfer.objects.filter(
        Q(from_village__in=villages) | Q(to_village__in=villages), state=TransferState.OFFERED
    ).select_related("from_commune", "to_commune")
    for one in offered:
        yield Obstacle(
            _("A household is on its way from %(old)s to %(new)s and not taken over yet.")
            % {"old": one.from_commune, "new": one.to_commune},
            _("Let the new commune take it over or decline, or the old one take it back."),
            Page("households:transfer", (one.pk,)),
        )


def _imports(facts: PartFacts) -> Iterator[Obstacle]:
    """Lists of what the communes were made of too: their officers take them over."""
    communes = communes_of(facts)
    units = {pk for pks in reached(one.pk for one in communes).values() for pk in pks}
    waiting = ImportBatch.objects.filter(state__in=_NOT_WRITTEN).filter(
        Q(taken_over__commune__in=units)
        | Q(taken_over__isnull=True, sent_by__assignments__area__in=[*communes, *facts.units])
    )
    for one in waiting.distinct().select_related("sent_by"):
        yield Obstacle(
            _("The import %(file)s of %(who)s is checked or waits, and is not written.")
            % {"file": one.household_file, "who": one.sent_by},
            _("Write it or throw it away."),
        )


def _complaints_and_requests(facts: PartFacts) -> Iterator[Obstacle]:
    """Of each commune; complaints of each round, for its page tells of one."""
    villages = villages_of(facts)
    finish = _("Answer them first: after the act nobody answers for the whole of the old commune.")
    open_ones = Complaint.objects.filter(
        village__in=villages, state__in=sorted(COMPLAINT_IS_OPEN)
    ).select_related("round", "commune")
    for (round, commune), count in Counter((one.round, one.commune) for one in open_ones).items():
        yield Obstacle(
            ngettext(
                "%(commune)s: %(count)s complaint of the round %(round)s is open.",
                "%(commune)s: %(count)s complaints of the round %(round)s are open.",
                count,
            )
            % {"commune": commune, "count": count, "round": round.key},
            finish,
            Page("households:commune_way", (round.pk, commune.pk)),
        )
    asked = ReviewRequest.objects.filter(village__in=villages, state=RequestState.OPEN)
    communes = (one.village.parent for one in asked.select_related("village__parent"))
    for commune, count in Counter(one for one in communes if one is not None).items():
        yield Obstacle(
            ngettext(
                "%(commune)s: %(count)s request is not answered.",
                "%(commune)s: %(count)s requests are not answered.",
                count,
            )
            % {"commune": commune, "count": count},
            finish,
            Page("households:request_list", (commune.pk,)),
        )


def _drafts_left(facts: PartFacts) -> Iterator[Obstacle]:
    """Forms only begun of rounds that are closed: what is open still stands against the act."""
    drafts = Survey.objects.filter(village__in=villages_of(facts), state=SurveyState.DRAFT)
    closed = drafts.filter(round__is_closed=True).select_related("round", "commune")
    for (round, commune), count in Counter((one.round, one.commune) for one in closed).items():
        yield Obstacle(
            ngettext(
                "%(commune)s: %(count)s form of the closed round %(round)s is only begun. It stays"
                " and is finished if the round is opened again.",
                "%(commune)s: %(count)s forms of the closed round %(round)s are only begun. They"
                " stay and are finished if the round is opened again.",
                count,
            )
            % {"commune": commune, "count": count, "round": round.key},
            page=Page("households:commune_way", (round.pk, commune.pk)),
        )


def _inspections(facts: PartFacts) -> Iterator[Obstacle]:
    areas = [*facts.units, *facts.communes]
    running = Inspection.objects.filter(area__in=areas, valid_to__gte=facts.law.changed_on)
    for one in running.select_related("area"):
        yield Obstacle(
            _("The inspection %(paper)s of %(unit)s runs on after that day: open one for the new"
              " unit, its families are there then.")
            % {"paper": one.paper_number, "unit": one.area}
        )  # fmt: skip


def _rounds_not_begun(facts: PartFacts) -> Iterator[Obstacle]:
    if facts.kind in OF_COMMUNES:
        return
    provinces = {int(one.path.split(".")[0]) for one in facts.units if one.path}
    open_rounds = ReviewRound.objects.filter(
        province__in=provinces, is_closed=False, as_of__lt=facts.law.changed_on
    ).exclude(commune_reviews__commune__in=communes_of(facts))
    for one in open_rounds:
        yield Obstacle(
            _("The round %(round)s is open and of the day %(day)s: whoever has not begun it does it"
              " by the units of then.")
            % {"round": one.key, "day": f"{one.as_of:%d/%m/%Y}"}
        )  # fmt: skip
