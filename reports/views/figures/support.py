"""Programmes: who is entitled today, who is served, whom nothing serves yet."""

from collections.abc import Sequence
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from households import clock
from households.models.area_reach import branches_through_time
from programs.choices import Recipient
from programs.models import Programme
from programs.policies.coverage import coverage_branches, why_not_see_coverage
from programs.queries import coverage
from programs.queries.coverage import Coverage
from programs.queries.coverage_figures import Figures
from reports.views.blocks import Block, Cell, Column, Kind, Line
from reports.views.figure_scope import FigureScope
from reports.views.figures import bar_layout
from reports.views.figures.bar_layout import Bar, Group
from reports.views.figures.missing import without
from reports.views.figures.parts import share, share_in_words

KEY = "support"
_HOUSEHOLDS = pgettext_lazy("counted", "households")


def block(scope: FigureScope) -> Block | None:
    """Of today, whatever round is looked at: coverage is of who lives here now. None for who may
    not see coverage of the area. About ten queries, more where communes changed."""
    branches = _branches(scope)
    if not branches:
        return None
    found = coverage.of(branches, clock.today(), by_commune=False)
    rows = _rows(found)
    day = f"{found.on:%d/%m/%Y}"
    measure = _("Served of those entitled by programme, on %(day)s, per cent") % {"day": day}
    if not rows:
        name = _("Coverage of the programmes")
        why = _("Nobody is entitled here yet and nothing is recorded.")
        return without(scope, key=KEY, name=name, measure=measure, why=why)
    return Block(
        key=KEY,
        finding=_finding(rows),
        measure=measure,
        rows_are=_("Programme"),
        columns=(
            Column(_("Entitled")),
            Column(pgettext("coverage", "Served")),
            Column(_("Served of the entitled (%)"), Kind.RATE),
            Column(_("Entitled, not served yet")),
            Column(pgettext("coverage", "Too little is known")),
        ),
        lines=tuple(_line(scope, *one) for one in rows),
        base=_("Base: who lives in the area on %(day)s, by the list in force and what is recorded")
        % {"day": day},
        template="reports/_bars.html",
        picture=bar_layout.laid_out([_group(*one) for one in rows]),
        notes=tuple(_notes(found)),
    )


def _branches(scope: FigureScope) -> list[str]:
    """Inner paths of the area and of what went into it, as far as the user sees coverage there."""
    if why_not_see_coverage(scope.user):
        return []
    held = coverage_branches(scope.user)
    through = branches_through_time([scope.area.pk]).get(scope.area.pk, [scope.area.inner_path])
    return [one for one in through if any(one.startswith(path) for path in held)]


def _rows(found: Coverage) -> list[tuple[Programme, Figures]]:
    """Programmes with somebody entitled, the least served first."""
    of_all = found.by(lambda one: (one.programme_id, one.terms_id))
    rows = [(one, of_all.get((one.pk, None), Figures())) for one in Programme.objects.all()]
    known = [(one, figures) for one, figures in rows if figures.entitled]
    return sorted(known, key=lambda row: (Fraction(row[1].served, row[1].entitled), row[0].name))


def _address(scope: FigureScope, name: str, *args: str) -> str:
    return f"{reverse(name, args=args)}?{urlencode({'area': scope.area.pk})}"


def _line(scope: FigureScope, programme: Programme, figures: Figures) -> Line:
    def listed(which: str, count: int) -> Cell:
        href = _address(scope, "programs:coverage_list", programme.code, which) if count else ""
        return Cell(count, href=href)

    return Line(
        _named(programme),
        (
            Cell(figures.entitled),
            Cell(figures.served),
            Cell(share(figures.served, figures.entitled), Kind.RATE),
            listed("gap", figures.gap),
            listed("open", figures.open),
        ),
        href=_address(scope, "programs:coverage_programme", programme.code),
    )


def _counts_persons(programme: Programme) -> bool:
    return programme.recipient == Recipient.PERSON


def _named(programme: Programme) -> str:
    what = pgettext("counted", "persons") if _counts_persons(programme) else _HOUSEHOLDS
    return f"{programme.name} ({what})"


def _group(programme: Programme, figures: Figures) -> Group:
    words = (
        _("%(share)s: %(served)s of %(entitled)s persons")
        if _counts_persons(programme)
        else _("%(share)s: %(served)s of %(entitled)s households")
    ) % {
        "share": share_in_words(figures.served, figures.entitled),
        "served": Cell(figures.served).shown,
        "entitled": Cell(figures.entitled).shown,
    }
    bar = Bar(share(figures.served, figures.entitled), words, "act", plan=100)
    return Group(programme.name, (bar,))


def _finding(rows: Sequence[tuple[Programme, Figures]]) -> str:
    """The least served; what to do about it is the list behind."""
    programme, figures = rows[0]
    if not figures.gap:
        return _("Everybody entitled is served")
    return _("Least served: %(programme)s, %(share)s; %(count)s are not served yet") % {
        "programme": programme.name,
        "share": share_in_words(figures.served, figures.entitled),
        "count": Cell(figures.gap).shown,
    }


def _notes(found: Coverage) -> list[str]:
    notes = [_("Outline: everybody entitled.")]
    if found.behind:
        notes.append(
            ngettext(
                "%(n)s commune changed since and is told as it was",
                "%(n)s communes changed since and are told as they were",
                found.behind,
            )
            % {"n": found.behind}
        )
    if found.missing:
        notes.append(
            ngettext(
                "%(n)s commune is not counted yet", "%(n)s communes are not counted yet",
                found.missing,
            )
            % {"n": found.missing}
        )  # fmt: skip
    return notes
