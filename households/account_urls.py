"""Log in and out, passwords, language: under the names Django's own views look for."""

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from households.views import first_login, my_account, open_sessions, passkeys, second_factor

urlpatterns = [
    path("login/", login_not_required(second_factor.LogIn.as_view()), name="login"),
    path("first/", first_login.first_password, name="first_login"),
    path("login/code/", second_factor.code, name="second_factor_code"),
    path("account/", my_account.my_account, name="my_account"),
    path("account/sessions/", open_sessions.my_sessions, name="my_sessions"),
    path("account/sessions/end/", open_sessions.end_others, name="sessions_end_others"),
    path("account/sessions/<int:pk>/end/", open_sessions.end, name="session_end"),
    path("password/forgotten/", my_account.password_forgotten, name="password_forgotten"),
    path("second-factor/", second_factor.set_up, name="second_factor"),
    path("second-factor/keys/question/", passkeys.begin_adding, name="passkey_begin_adding"),
    path("second-factor/keys/add/", passkeys.add, name="passkey_add"),
    path("second-factor/keys/<int:pk>/remove/", passkeys.remove, name="passkey_remove"),
    path("login/code/key/question/", passkeys.begin_using, name="passkey_begin_using"),
    path("login/code/key/", passkeys.log_in, name="passkey_log_in"),
    path("second-factor/off/", second_factor.take_off, name="second_factor_off"),
    path("second-factor/codes/", second_factor.new_recovery_codes, name="new_recovery_codes"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("password/", open_sessions.ChangePassword.as_view(), name="password_change"),
    path(
        "password/done/", auth_views.PasswordChangeDoneView.as_view(), name="password_change_done"
    ),
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
    path("language/", login_not_required(require_POST(set_language)), name="set_language"),
]
