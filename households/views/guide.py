"""The short guide inside the product: a page for each thing one does, in the reader's language."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

#: Folders of templates/guide; another language reads English.
_LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Topic:
    """A page of the guide, in the order one needs them."""

    code: str
    title: str | Promise
    about: str | Promise


TOPICS = (
    Topic("start", _("To begin"), _("Log in, a shared computer, the language")),
    Topic("my-work", _("My work"), _("What is due, forms to finish")),
    Topic("form", _("The review form"), _("Keyboard, pasting from Excel, saving, each part")),
    Topic("result", _("Points and class"), _("What the result means, correcting a form")),
    Topic("households", _("Households"), _("Find, move, split, merge, history")),
    Topic("rounds", _("Review rounds"), _("Open, close, confirm numbers")),
    Topic(
        "reorganisation",
        _("Reorganisation of units"),
        _("Merge, split, rename; drafts and the dry run"),
    ),
    Topic("accounts", _("Users"), _("New accounts, forgotten passwords, leaving")),
    Topic("practice", _("Practice area"), _("Ten stories with their right answers")),
    Topic("words", _("Words"), _("Legal terms in short sentences")),
)
_TOPIC = {topic.code: topic for topic in TOPICS}


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """All topics. Policy: whoever is logged in."""
    return render(request, "guide/contents.html", {"topics": TOPICS})


@require_safe
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """One topic. Policy: whoever is logged in."""
    found = _TOPIC.get(code)
    if found is None:
        raise Http404
    language = get_language()
    folder = language if language in _LANGUAGES else "en"
    context = {"topic": found, "topics": TOPICS, "text": f"guide/{folder}/{found.code}.html"}
    return render(request, "guide/topic.html", context)
