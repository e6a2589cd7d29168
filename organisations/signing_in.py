"""How members sign in: nobody registers themselves."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Members are added by an administrator; there is no sign-up."""

    def is_open_for_signup(self, request) -> bool:
        return False
