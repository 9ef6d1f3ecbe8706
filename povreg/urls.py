"""Every address of the product; each app brings its own."""

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from povreg.health import health

account = [
    path(
        "login/",
        auth_views.LoginView.as_view(redirect_authenticated_user=True),
        name="login",
    ),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("password/", auth_views.PasswordChangeView.as_view(), name="password_change"),
    path(
        "password/done/", auth_views.PasswordChangeDoneView.as_view(), name="password_change_done"
    ),
    # A link is handed out by an administrator (or by the first start); nothing is sent by e-mail.
    path(
        "password/set/<uidb64>/<token>/",
        login_not_required(auth_views.PasswordResetConfirmView.as_view()),
        name="password_reset_confirm",
    ),
    path(
        "password/set/done/",
        login_not_required(auth_views.PasswordResetCompleteView.as_view()),
        name="password_reset_complete",
    ),
]

urlpatterns = [
    path("health/", health, name="health"),
    path("language/", login_not_required(set_language), name="set_language"),
    *account,
    path("", include("households.urls")),
]

handler403 = "households.views.errors.refused"
handler404 = "households.views.errors.not_found"
handler500 = "households.views.errors.broken"
