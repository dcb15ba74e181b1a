"""Addresses under /account/."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy

from accounts import password_views, views

app_name = "accounts"

urlpatterns = [
    path("", views.account, name="account"),
    path("sign-up/", views.sign_up, name="sign-up"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("token/", views.token, name="token"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("goals/cancel/", views.cancel_goal, name="cancel-goal"),
    path("delete/", views.delete, name="delete"),
    path("password/", password_views.change, name="password-change"),
    path("password/forgotten/", password_views.forgotten, name="password-forgotten"),
    path(
        "password/new/<uidb64>/<token>/",
        login_not_required(
            auth.PasswordResetConfirmView.as_view(
                template_name="accounts/password_new.html",
                success_url=reverse_lazy("accounts:sign-in"),
            )
        ),
        name="password-new",
    ),
]
