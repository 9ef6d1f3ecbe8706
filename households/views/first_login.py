"""The first log-in with a slip: name or phone, code, new password, then the log-in page."""

from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from households.errors import Invalid, Refused
from households.forms.first_login import FirstLoginForm
from households.models import User
from households.services import first_login


@login_not_required
@never_cache
@sensitive_post_parameters("code", "new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """For anyone with a slip. It opens no session: the log-in that follows asks for everything,
    the second factor too. Wrong codes count for the lock-out."""
    form = FirstLoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        user = authenticate(request, username=given["username"], secret_code=given["code"])
        if isinstance(user, User):
            _set(form, user)
        else:
            form.add_error("code", _("Name and code do not fit, or the code is used or too old."))
        if not form.errors:
            messages.success(request, _("The password is set. Log in with it now."))
            return redirect("login")
    status = 422 if form.errors else 200
    return render(request, "registration/first_login.html", {"form": form}, status=status)


def _set(form: FirstLoginForm, user: User) -> None:
    try:
        first_login.set_first_password(user=user, password=form.cleaned_data["new_password1"])
    except Invalid as fault:
        for sentence in fault.fields["new_password1"]:
            form.add_error("new_password1", str(sentence))
    except Refused as refusal:
        form.add_error("code", str(refusal.message))
