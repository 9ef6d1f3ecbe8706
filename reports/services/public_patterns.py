"""Which numbers are not given to everybody: worked out for all reports of a round and standard
together, kept, and used by each of them.

Worked out when a version for everybody is first asked for, and again where editions came with other
figures since. A number once hidden stays hidden, and one that was shown is reckoned with as known.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Final

from celery import signature
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from households.errors import Conflict
from households.models import PovertyStandard, ReviewRound
from reports import definitions
from reports.contents import canonical, hiding, narrative_figures, stored_figures
from reports.contents.content import Content
from reports.contents.hiding import Found
from reports.contents.webs import Figures, Name, Web
from reports.definitions.publication import limit_on
from reports.models import Edition, PublicPattern, WeighedEdition
from reports.services import editions, live_figures, public_contents, rounds_beside

#: Number of this kind among advisory locks of a transaction.
_LOCK: Final = 7_311


def public(edition: Edition, content: Content) -> Content | None:
    """An edition's content as everybody may read it; None where it was not weighed yet. At most two
    small statements."""
    pattern = WeighedEdition.objects.filter(edition=edition).values_list("pattern_id", flat=True)
    if (pk := pattern.first()) is None:
        return None
    least, hidden = _hidden(pk)
    definition = definitions.named(edition.report)
    return public_contents.without(definition, content, hidden=hidden, least=least)


@lru_cache(maxsize=4)
def _hidden(pk: int) -> tuple[int, frozenset[Name]]:
    """Of a pattern, which never changes: the limit, and the names."""
    found = PublicPattern.objects.only("least", "hidden").get(pk=pk)
    return found.least, stored_figures.unpack_names(bytes(found.hidden))


def is_for_everybody(edition: Edition) -> bool:
    """Whether it is weighed at all, once somebody asks. No query."""
    return edition.report in {one.code for one in live_figures.weighed_reports()}


def is_weighed(edition: Edition) -> bool:
    """One query."""
    return WeighedEdition.objects.filter(edition=edition).exists()


def fire_at_commit(edition: Edition) -> None:
    """Have an edition weighed by a job: no page waits for it. Where the broker is away who asks
    again fires it again."""

    def now() -> None:  # Django asks for the name of one that fails, which a partial has not
        signature("reports.weigh_for_everybody", args=[edition.pk]).apply_async()

    transaction.on_commit(now, robust=True)


def weigh(*, edition: Edition) -> PublicPattern:
    """The pattern of an edition, worked out now where nobody did before; with it the newest
    editions of all other reports of its round and standard are weighed. Two that do it at once wait
    for each other. Raises Conflict (what is stored is not what was made).

    Cost: half a minute for a province the first time and after its figures changed, ten seconds
    where they did not.
    """
    with transaction.atomic():
        _hold(edition.round)
        if found := WeighedEdition.objects.filter(edition=edition).first():
            return found.pattern
        if not editions.is_whole(edition):
            raise Conflict(_("What is stored of this edition is not what was made."))
        waiting = _waiting(edition)
        return _Weighing(edition.round, edition.standard).of(waiting, edition)


def _hold(round: ReviewRound) -> None:
    """All standards of it: what programmes gave is the same under each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, str(round.pk)])


def _waiting(edition: Edition) -> list[Edition]:
    """It, and the newest of each report, area and status that was not weighed yet. Two queries."""
    reports = [one.code for one in live_figures.weighed_reports()]
    alike = Edition.objects.filter(
        round=edition.round_id, standard=edition.standard_id, report__in=reports, areas_on=None
    )
    newest = alike.order_by().values("report", "area", "status").annotate(newest=Max("pk"))
    wanted = {edition.pk, *(one["newest"] for one in newest)}
    found = alike.filter(pk__in=wanted, weighed__isnull=True)
    return list(found.defer("content").order_by("pk"))


class _Weighing:
    """Of a round and standard: all that was weighed before, as one web."""

    def __init__(self, round: ReviewRound, standard: PovertyStandard) -> None:
        self.round, self.standard = round, standard
        self.web = Web()
        self.hidden: frozenset[Name] = frozenset()
        self.last: PublicPattern | None = None
        before: list[tuple[list[Figures], frozenset[Name]]] = []
        for self.last in PublicPattern.objects.filter(round=round, standard=standard):
            figures = list(stored_figures.unpack(bytes(self.last.figures)))
            self.hidden = stored_figures.unpack_names(bytes(self.last.hidden))
            for one in figures:
                self.web.add(one)
            before.append((figures, self.hidden))
        for figures, hidden in before:
            for one in figures:
                self.web.give_out(one, hidden)

    def of(self, waiting: Iterable[Edition], asked: Edition) -> PublicPattern:
        """The pattern of `asked`. Those whose figures are all in the last pattern are of that one;
        for the others a new one is made where `asked` is among them."""
        here, others = [], []
        more: list[Figures] = []
        for edition in waiting:
            try:
                figures = _figures(edition)
            except ValueError:  # damaged: no file is made of it
                continue
            if self.last and all(self.web.holds(one) for one in figures):
                here.append(edition)
            else:
                others.append(edition)
                more += figures
        if self.last:
            _keep_weighed(here, self.last)
        if self.last and asked.pk in {one.pk for one in here}:
            return self.last
        if any(_tells_of_then(one) for one in more):
            self._weigh_rounds_before()
            more += rounds_beside.then(self.round, self.standard)
        made = self._new([*live_figures.of(self.round, self.standard), *more])
        _keep_weighed(others, made)
        return made

    def _weigh_rounds_before(self) -> None:
        """A report that tells of them tells what their own reports give to everybody: that is
        worked out first where nobody asked for it yet."""
        for round in rounds_beside.before_it(self.round, self.standard):
            _hold(round)
            weighing = _Weighing(round, self.standard)
            if weighing.last is None:
                weighing._new(list(live_figures.of(round, self.standard)))

    def _new(self, figures: list[Figures]) -> PublicPattern:
        least = limit_on(self.round.as_of).least
        for one in figures:
            self.web.add(one)
        hidden = set(self.hidden)
        for told, beside in rounds_beside.given_out(self.round, self.standard):
            self.web.give_out(told, beside)
            hidden |= beside
        hidden |= set(self._not_given_out_then())
        found = hiding.to_hide(self.web, least, hidden)
        return _kept(self.round, self.standard, self.last, least, figures, found)

    def _not_given_out_then(self) -> Iterator[Name]:
        """Numbers of rounds before that their own reports do not show."""
        for number, name in enumerate(self.web.names):
            if narrative_figures.is_of_then(name) and number not in self.web.known:
                yield name


def _tells_of_then(one: Figures) -> bool:
    return any(narrative_figures.is_of_then(name) for name in one.values)


def _figures(edition: Edition) -> list[Figures]:
    stored = Edition.objects.values_list("content", flat=True).get(pk=edition.pk)
    definition = definitions.named(edition.report)
    return list(public_contents.figures_of(definition, canonical.unpack(bytes(stored))))


def _kept(
    round: ReviewRound, standard: PovertyStandard, last: PublicPattern | None, least: int,
    figures: list[Figures], found: Found,
) -> PublicPattern:  # fmt: skip
    hidden = stored_figures.pack_names(found.names)
    return PublicPattern.objects.create(
        round=round,
        standard=standard,
        number=1 + (last.number if last else 0),
        least=least,
        figures=stored_figures.pack(figures),
        hidden=hidden,
        sha256=sha256(hidden).hexdigest(),
        count=len(found.names),
        small=found.small,
        exposed=found.exposed,
        narrow=found.narrow,
    )


def _keep_weighed(weighed: Collection[Edition], pattern: PublicPattern) -> None:
    WeighedEdition.objects.bulk_create(
        WeighedEdition(edition=one, pattern=pattern) for one in weighed
    )
