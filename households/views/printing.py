"""One way to print: a paper with names is asked what for and recorded, then given as PDF."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import override

from households import policies
from households.choices import Purpose
from households.errors import Invalid
from households.exchange import paper_printing, word_drafts, word_printing
from households.forms.disclosures import DisclosureForm
from households.models import User
from households.services import disclosures, word_templates
from households.views import access
from households.views.list_out import foot_of

#: What a paper prints; a list: one paper behind the other, in one file.
Words = dict[str, Any] | list[dict[str, Any]]


def printed(
    request: HttpRequest,
    *,
    name: Promise,
    purpose: Purpose,
    template: str,
    filters: Mapping[str, Any],
    count: int,
    data: Callable[[str], Words],
    shown: dict[str, Any],
    form: DisclosureForm | None = None,
    order: Callable[[str], HttpResponse] | None = None,
) -> HttpResponse:
    """The page that asks what for (GET, or a form that is not complete), or the PDF of
    data/papers/<template>.typ once the print is recorded: who, which `filters`, how many
    households (`count`), what for. `data` gives what is printed, from the words of its foot; of
    many villages (`villages` of `shown`) a paper each, never as Word.
    `form`: one that asks more (see `asking`); `data` may read it, it is called when it is valid.
    `order`: has the file written by a job instead, from the words of the foot; in one transaction
    with the record."""
    user = access.actor(request)
    form = form or asking(request, DisclosureForm, purpose)
    if form.is_bound and form.is_valid():
        purpose, note = Purpose(form.cleaned_data["purpose"]), form.cleaned_data["note"]
        try:
            with transaction.atomic():
                disclosures.record(
                    verb=disclosures.PAPER,
                    filters=filters,
                    count=count,
                    purpose=purpose,
                    note=note,
                    by=user,
                )
                if order:
                    return order(_foot(user, purpose, note))
        except Invalid as fault:
            form.add_error("note", str(fault.message))
        else:
            as_word = request.POST.get("format") == _WORD
            return _paper(user, template, data, purpose, note, as_word=as_word)
    has_word = template in word_drafts.papers() and not shown.get("villages")
    context = {"form": form, "name": name, "count": count, "has_word": has_word, **shown}
    context["is_ordered"] = order is not None
    status = 422 if form.errors else 200
    return render(request, "households/paper.html", context, status=status)


#: In the POST of the page that asks; another page may send its fields here first.
_ASKED = "purpose"
Asked = TypeVar("Asked", bound=DisclosureForm)


def asking(
    request: HttpRequest, form: Callable[..., Asked], purpose: Purpose, **more: Any
) -> Asked:
    """What the page asks before it prints: bound once it was answered."""
    given = request.POST if request.method == "POST" and _ASKED in request.POST else None
    return form(given, initial={"purpose": purpose}, **more)


def without_names(
    request: HttpRequest, *, template: str, purpose: Purpose, data: Callable[[str], Words]
) -> HttpResponse:
    """The PDF of a paper that names no family, or with ?format=word its Word file: nothing is
    asked, nothing recorded."""
    as_word = request.GET.get("format") == _WORD
    return _paper(access.actor(request), template, data, purpose, "", as_word=as_word)


def recorded_already(request: HttpRequest, *, template: str, data: dict[str, Any]) -> HttpResponse:
    """The PDF, or with ?format=word the Word file, of a paper whose issue is its own record."""
    user = access.actor(request)
    return _answer(user, template, data, as_word=request.GET.get("format") == _WORD)


#: What a page asks for who wants a paper as Word.
_WORD = "word"


def _paper(
    user: User,
    template: str,
    data: Callable[[str], Words],
    purpose: Purpose,
    note: str,
    *,
    as_word: bool,
) -> HttpResponse:
    return _answer(user, template, data(_foot(user, purpose, note)), as_word=as_word)


def _foot(user: User, purpose: Purpose, note: str) -> str:
    with override("vi"):  # as the whole paper
        return foot_of(user, purpose, note)


def _answer(user: User, template: str, words: Words, *, as_word: bool) -> HttpResponse:
    if isinstance(words, list):
        content = paper_printing.joined(template, words)
    elif as_word and template in word_drafts.papers():
        return _word(user, template, words)
    else:
        content = paper_printing.pdf(template, words)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="povreg-{template}.pdf"'
    return answer


def _word(user: User, template: str, words: dict[str, Any]) -> HttpResponse:
    """From the province's own template; a tag of it that does not fit is told."""
    source = word_templates.in_use(province=policies.province_of(user), paper=template)
    try:
        content = word_printing.docx(source, words)
    except word_printing.NotATemplate as fault:
        return HttpResponse(str(fault), content_type="text/plain; charset=utf-8", status=422)
    answer = HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    answer["Content-Disposition"] = f'attachment; filename="povreg-{template}.docx"'
    return answer
