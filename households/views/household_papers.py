"""Forms B and slips of all villages of a commune. Where they are few they are printed while one
waits, one behind the other in one file; else a job writes them, a PDF for each village, packed."""

import zipfile
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import AreaLevel, Purpose
from households.choices.ordered_files import OrderedForm, OrderedKind
from households.exchange import paper_printing
from households.folding import fold
from households.models import Area, OrderedFile, ReviewRound, User
from households.queries import village_papers, village_ways
from households.services import ordered_files
from households.services.ordered_writers import Watched, Writers
from households.views import access, form_papers, slips
from households.views.printing import printed
from households.views.way_access import unit_in_round

#: Households whose papers are made while one waits: 30 ms each, and 0.1 s a village.
MOST_AT_ONCE: Final = 40

_Words = Callable[[ReviewRound, Area, User, str, Callable[[str], str]], dict[str, Any]]


@dataclass(frozen=True)
class HouseholdPaper:
    """A paper for each household: `numbers` tells how many there are in each of some villages,
    `words` what is printed for one village. `file` begins its file's name."""

    name: Promise
    template: str
    file: str
    numbers: Callable[[ReviewRound, list[int]], dict[int, int]]
    words: _Words


KINDS: Final = {
    "forms": HouseholdPaper(
        form_papers.FORMS,
        "form_b",
        "phieu-b",
        village_papers.numbers_to_review,
        form_papers.village_words,
    ),
    "slips": HouseholdPaper(
        slips.SLIPS,
        "slip",
        "phieu-ket-qua",
        village_papers.numbers_reviewed,
        slips.village_words,
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commune_household_papers(
    request: HttpRequest, round_pk: int, area_pk: int, kind: str
) -> HttpResponse:
    """Policy: as of a village's own; the print is recorded for the commune. A dozen queries; while
    one waits 30 ms and some ten queries for each household."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    paper = KINDS.get(kind)
    if paper is None:
        raise Http404
    user = access.actor(request)
    found = _villages(paper, round, commune)
    count = sum(number for __, number in found)

    def printed_words(foot: str) -> list[dict[str, Any]]:
        absolute = request.build_absolute_uri
        return [paper.words(round, village, user, foot, absolute) for village, __ in found]

    def order(foot: str) -> HttpResponse:
        ordered = ordered_files.order(
            kind=OrderedKind.PAPERS,
            form=OrderedForm.PDF,
            title=f"{paper.name}: {round.key}, {commune.name}",
            file_name=f"{paper.file}-{round.key}-{commune.code or commune.pk}.zip",
            wanted={
                "paper": kind, "round": round.pk, "area": commune.pk, "foot": foot,
                "site": request.build_absolute_uri("/"),
            },
            rows=count,
            by=user,
        )  # fmt: skip
        return redirect("households:ordered_file", ordered.uuid)

    return printed(
        request,
        name=paper.name,
        purpose=Purpose.FIELD_WORK,
        template=paper.template,
        filters={"paper": paper.template, "round": round.key, "commune": commune.pk},
        count=count,
        data=printed_words,
        shown={"round": round, "commune": commune, "villages": len(found)},
        order=order if count > MOST_AT_ONCE else None,
    )


def _villages(paper: HouseholdPaper, round: ReviewRound, commune: Area) -> list[tuple[Area, int]]:
    """Those with households on the paper and how many, in the order of the commune's page."""
    ways = village_ways.of_commune(round, commune)
    numbers = paper.numbers(round, [one.village.pk for one in ways])
    return [(one.village, numbers[one.village.pk]) for one in ways if one.village.pk in numbers]


def write(ordered: OrderedFile, path: Path, watched: Watched) -> None:
    """A PDF for each village, packed; each row is a household. 30 ms a household, and no more
    memory than one village needs."""
    wanted = ordered.wanted
    paper = KINDS[wanted["paper"]]
    round = ReviewRound.objects.select_related("province").get(pk=wanted["round"])
    commune = Area.objects.select_related("parent").get(pk=wanted["area"])
    absolute = partial(urljoin, wanted["site"])
    with zipfile.ZipFile(path, "w") as packed:  # PDFs are pressed already
        for number, (village, count) in enumerate(_villages(paper, round, commune), 1):
            words = paper.words(round, village, ordered.ordered_by, wanted["foot"], absolute)
            name = "-".join(fold(village.name).replace("/", " ").split())
            packed.writestr(f"{number:02}-{name}.pdf", paper_printing.pdf(paper.template, words))
            deque(watched(range(count)), maxlen=0)


WRITERS: Writers = {OrderedKind.PAPERS: write}
