"""One's own account on one page, and the link for who forgot the password."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from households import clock
from households.errors import Conflict
from households.forms.my_account import EmailForm, ForgottenForm
from households.models import Assignment
from households.queries import area_types
from households.services import second_factor, users
from households.views import access

#: One link per address in this time: nobody's mailbox is filled by a stranger.
MAIL_AGAIN_AFTER_S = 300


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    """Who povreg takes one for, and how one gets in. Policy: one's own."""
    user = access.actor(request)
    form = EmailForm(request.POST or None, user=user, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        try:
            users.change_email(email=form.cleaned_data["email"], by=user)
        except Conflict as clash:
            form.add_error("email", str(clash.message))
        else:
            messages.success(request, _("The e-mail address is saved."))
            return redirect("my_account")
    held = list(
        Assignment.objects.on(clock.today()).filter(user=user).select_related("area").order_by("pk")
    )
    words = area_types.type_words(one.area for one in held)
    context = {
        "form": form,
        "roles": [(one, words[one.area_id]) for one in held],
        "has_second_factor": second_factor.is_on(user),
        "sends_mail": settings.POVREG_SENDS_MAIL,
    }
    status = 422 if form.errors else 200
    return render(request, "registration/my_account.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Mails a one-time link; the answer is the same whether an account has the address or not.
    Policy: anyone, where a mail server is named."""
    if not settings.POVREG_SENDS_MAIL:
        raise Http404
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _is_first_try(form.cleaned_data["email"]):
            form.save(
                request=request,
                use_https=request.is_secure(),
                subject_template_name="registration/password_link_subject.txt",
                email_template_name="registration/password_link.txt",
            )
        return render(request, "registration/password_link_sent.html")
    status = 422 if form.errors else 200
    return render(request, "registration/password_forgotten.html", {"form": form}, status=status)


def _is_first_try(email: str) -> bool:
    name = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    return bool(cache.add(f"password-link:{name}", 1, MAIL_AGAIN_AFTER_S))
