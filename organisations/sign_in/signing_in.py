"""How members sign in: nobody registers themselves, and whoever guesses is stopped without keeping the member out."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organisations.models import Member
from organisations.sign_in import known_browsers

TOLD_FROM = 3  # whoever mistypes once or twice needs no warning of themselves


class MemberBackend(AuthenticationBackend):
    """Who signed in, read once a page with what their roles let them do."""

    def get_user(self, user_id: int) -> Member | None:
        member = Member.objects.with_grants(user_id)
        return member if member and self.user_can_authenticate(member) else None


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Members are added by an administrator; there is no sign-up.

    Wrong tries count for an account together with where they came from (``login_failed``), so that nobody can keep a
    member out from elsewhere. Guessing from many places at once is held back by ``login_failed_anywhere``, which
    doesn't touch browsers where the member has signed in before.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "enter_current_password": _("いまのパスワードがちがいます。たしかめて、もう一度入れてください。"),
        "too_many_login_attempts": _(
            "まちがったパスワードが続いたので、しばらくサインインを止めています。5分たってから、もう一度ためしてください。"
            "それでも入れないときは、前にサインインしたことのあるブラウザをつかうか、管理の担当にお伝えください。"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this try until it proves right."""
        super().pre_authenticate(request, **credentials)
        email = credentials.get("email", "").lower()
        if known_browsers.knows(request, email):
            return
        anywhere = ratelimit.consume(request, app="allauth.account", action="login_failed_anywhere", key=email)
        if not anywhere:
            self._rollback_login_failed_rl_usage()
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += anywhere.usage

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        email = credentials.get("email", "")
        Member.objects.filter(email__iexact=email).update(wrong_sign_ins=F("wrong_sign_ins") + 1)

    def post_login(self, request: HttpRequest, user: Member, **kwargs: Any) -> HttpResponse:
        """Tell the member of wrong tries since they were here last, and know their browser from now on."""
        response = super().post_login(request, user, **kwargs)
        if user.wrong_sign_ins >= TOLD_FROM:
            messages.warning(request, str(_wrong_tries(user.wrong_sign_ins)))
        if user.wrong_sign_ins:
            Member.objects.filter(pk=user.pk).update(wrong_sign_ins=0)
        known_browsers.remember(request, response, user)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("organisations:home")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        where = ratelimit.get_ip(request)
        known = "known" if known_browsers.knows(request, credentials.get("email", "")) else "unknown"
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{known}:{where}"


def _wrong_tries(count: int) -> Promise:
    return format_lazy(
        _(
            "前にサインインしてから今までに、まちがったパスワードが{count}回ためされました。"
            "心あたりがないときは、パスワードを変えて、管理の担当に伝えてください。"
        ),
        count=count,
    )
