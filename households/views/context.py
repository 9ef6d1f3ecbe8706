"""What every page shows: demo and date banner, navigation, who is logged in and where."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from households import policies
from households.choices import InstallationKind, Role
from households.models import Installation

Words = str | Promise

#: URL name, label, the roles that see it (None: all).
_ENTRIES: tuple[tuple[str, Words, frozenset[Role] | None], ...] = (
    ("households:home", gettext_lazy("My work"), None),
    (
        "households:household_list",
        pgettext_lazy("navigation", "Households"),
        policies.READS_HOUSEHOLDS,
    ),
    ("households:round_list", gettext_lazy("Review rounds"), None),
    ("programs:programme_list", gettext_lazy("Programmes"), None),
    ("reports:dashboard", pgettext_lazy("navigation", "Figures"), policies.READS_FIGURES),
    ("reports:report_list", pgettext_lazy("navigation", "Reports"), policies.READS_FIGURES),
    ("households:standard_list", gettext_lazy("Poverty standards"), None),
)


#: Pages of another app that "My work" leads to and back from.
_OF_HOME = frozenset({"programs:starts", "programs:commune_start"})


@dataclass(frozen=True)
class Entry:
    """A link of the bar."""

    url: str
    label: Words
    is_current: bool


@dataclass(frozen=True)
class InstallationNotice:
    """What the banner says: invented people, and a pinned day."""

    is_demo: bool
    pinned_today: dt.date | None


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all pages. Two small queries: the installation, the user's rights."""
    return {
        "installation": SimpleLazyObject(_notice),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "workplace": SimpleLazyObject(lambda: _workplace(request)),
        "may_search": SimpleLazyObject(
            lambda: policies.why_not_read_households(request.user) is None
        ),
        "printed_at": timezone.now(),
    }


def _notice() -> InstallationNotice:
    is_demo = Installation.objects.filter(kind=InstallationKind.DEMO).exists()
    return InstallationNotice(is_demo=is_demo, pinned_today=settings.POVREG_TODAY)


def _navigation(request: HttpRequest) -> list[Entry]:
    held = policies.rights(request.user)
    entries = [
        _entry(request, name, label)
        for name, label, roles in _ENTRIES
        if roles is None or held.holds_anywhere(roles)
    ]
    if held.holds_anywhere(policies.MANAGES_ACCOUNTS):
        entries.append(_entry(request, "households:user_list", _("Users")))
    if held.holds_anywhere(policies.DEFINES_LAYOUTS):
        entries.append(_entry(request, "households:layout_list", _("Output layouts")))
    if policies.why_not_see_inspections(request.user) is None:
        entries.append(_entry(request, "households:inspection_list", _("Inspections")))
    return [entry for entry in entries if entry]


def _entry(request: HttpRequest, name: str, label: Words) -> Entry | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    found = request.resolver_match
    if found is not None and found.view_name in _OF_HOME:
        return Entry(url=url, label=label, is_current=name == "households:home")
    is_home = url == reverse("households:home")
    is_current = request.path == url if is_home else request.path.startswith(url)
    return Entry(url=url, label=label, is_current=is_current or _is_of_other_app(request, name))


def _is_of_other_app(request: HttpRequest, name: str) -> bool:
    """Pages of another app belong to its one entry, whatever their address; but what hangs on the
    page of a household belongs to the households. An app with two entries says by address which."""
    app = name.partition(":")[0]
    if sum(entry[0].startswith(f"{app}:") for entry in _ENTRIES) > 1:
        return False
    found = request.resolver_match
    is_of_app = found is not None and found.namespace == app != "households"
    return is_of_app and not request.path.startswith(reverse("households:household_list"))


def _workplace(request: HttpRequest) -> str:
    """ "Commune poverty officer · Bằng Phúc": the first assignment, and how many more."""
    held = policies.rights(request.user).assignments
    if not held:
        return _("no assignment")
    first = held[0]
    text = f"{first.get_role_display()} · {first.area.name}"
    return f"{text} +{len(held) - 1}" if len(held) > 1 else text
