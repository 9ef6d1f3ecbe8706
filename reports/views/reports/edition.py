"""An edition: its table as it was made, what it rests on, its history; what did not fit in it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households import policies
from households.models import HouseholdCard
from households.services import standards
from households.templatetags.povreg import day
from households.views import access
from reports import definitions
from reports.choices import FileForm, FileVersion
from reports.contents import canonical
from reports.contents.content import Content, Head
from reports.contents.frame import NATION, frame_of
from reports.definitions.definition import Public
from reports.forms.editions import asked_number, asked_version
from reports.models import Edition
from reports.policies.editions import why_not_sign
from reports.queries import editions as queries
from reports.services import edition_files, editions
from reports.views.reports import tables
from reports.views.reports.edition_access import readable

_A_PAGE = 50


@dataclass(frozen=True)
class Standing:
    """What the page says of an edition before anything else. `why_not_sign`: why the user cannot
    record a signature, None where he can."""

    edition: Edition
    head: Head
    newest: Edition
    why_not_sign: str | None

    @property
    def title(self) -> str:
        """The finding: signed or not, and whether its tables fit together."""
        told = {"status": self.edition.get_status_display(), "number": self.edition.number}
        if signed := getattr(self.edition, "signature", None):
            told["day"] = day(signed.signed_on)
            return _("%(status)s, edition %(number)s, signed on %(day)s") % told
        if broken := len(self.head.broken):
            told["broken"] = broken
            words = ngettext(
                "%(status)s, edition %(number)s, not signed: %(broken)s identity does not hold",
                "%(status)s, edition %(number)s, not signed: %(broken)s identities do not hold",
                broken,
            )
            return words % told
        return _("%(status)s, edition %(number)s, not signed") % told

    @property
    def is_newest(self) -> bool:
        return self.newest.pk == self.edition.pk


@never_cache
@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition as a table. Policy: why_not_read_reports, why_not_read_names where it names
    families; of another's area there is none (404)."""
    found = readable(request, pk)
    is_whole = editions.is_whole(found)
    try:
        content = canonical.unpack(bytes(found.content))
    except ValueError:
        return render(request, "reports/edition_damaged.html", {"edition": found})
    version = asked_version(request.GET) if has_public(found) else FileVersion.INTERNAL
    if version == FileVersion.PUBLIC:
        try:
            content = edition_files.public_content(found, content)
        except edition_files.NotWeighed:  # reading begins no work
            told = _("The public version is worked out when a file of it is first taken.")
            messages.info(request, told)
            where = reverse("reports:edition_file", args=[found.pk])
            return redirect(f"{where}?version={FileVersion.PUBLIC.value}")
    history = list(queries.like(found))
    standing = _standing(request, found, content.head, history)
    shown_table = tables.table(
        content, found.lines, at=asked_number(request.GET, "sheet"),
        page=asked_number(request.GET, "page") or 1,
    )  # fmt: skip
    shown = {
        "edition": found,
        "head": content.head,
        "standing": standing,
        "table": shown_table,
        "version": version,
        "opened": asked_number(request.GET, "opened"),
        "history": history,
        "frame": frame_of(content.head, shown_table.sheet, is_public=version == FileVersion.PUBLIC),
        "nation": NATION,
        "is_whole": is_whole,
        "forms": forms_of(found),
        "has_public": has_public(found),
        "query": paged_query(request),
    }
    return render(request, "reports/edition.html", shown)


def content_of(edition: Edition) -> Content:
    """As it was made; its lines are a stream that is read once. 404 where what is stored cannot be
    read any more (editions.is_whole says so)."""
    try:
        return canonical.unpack(bytes(edition.content))
    except ValueError as fault:
        raise Http404 from fault


def forms_of(edition: Edition) -> list[FileForm]:
    """What it is given out as."""
    known = definitions.all_reports().get(edition.report)
    return [one for one in FileForm if known is None or one.value in known.forms]


def has_public(edition: Edition) -> bool:
    """Whether its report has a version for everybody."""
    known = definitions.all_reports().get(edition.report)
    is_published = known is not None and known.public != Public.NEVER and edition.areas_on is None
    return is_published and not edition.has_names and not _is_trial(edition)


def _is_trial(edition: Edition) -> bool:
    """No query of a standard that nobody waits for."""
    return bool(
        standards.why_trial(edition.standard)
        and edition_files.why_no_version(edition, FileVersion.PUBLIC)
    )


def _standing(request: HttpRequest, found: Edition, head: Head, history: list[Edition]) -> Standing:
    same = [one for one in history if one.status == found.status]
    newest = max(same, key=lambda one: one.number, default=found)
    refusal = why_not_sign(request.user, found.area)
    if hasattr(found, "signature"):
        refusal = _("This edition is signed already.")
    elif newest.pk != found.pk:
        told = _("Edition %(number)s is newer: look at its figures and sign that one.")
        refusal = told % {"number": newest.number}
    return Standing(found, head, newest, refusal)


def paged_query(request: HttpRequest) -> str:
    """The address' question without its page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@never_cache
@require_safe
def edition_broken(request: HttpRequest, pk: int, at: int) -> HttpResponse:
    """The households of an identity that does not hold in an edition (`at` its place among them,
    from 1), as far as they live in the user's areas today. Policy: why_not_read_reports,
    why_not_read_households; of another's area there is none (404)."""
    access.refuse_if(policies.why_not_read_households(request.user))
    found = readable(request, pk)
    broken = content_of(found).head.broken
    if not 1 <= at <= len(broken):
        raise Http404
    one = broken[at - 1]
    own = policies.visible_cards(request.user).filter(pk__in=one.households)
    cards = own.select_related("village__parent").order_by("folded_head_name", "pk")
    page: Paginator[HouseholdCard] = Paginator(cards, _A_PAGE)
    shown = {
        "edition": found,
        "broken": one,
        "page": page.get_page(request.GET.get("page")),
        "elsewhere": len(one.households) - page.count,
    }
    return render(request, "reports/edition_broken.html", shown)
