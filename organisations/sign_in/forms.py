"""The form in which members sign in."""

from typing import Any

from allauth.account.fields import EmailField
from allauth.account.forms import LoginForm

from foundation.text import mail


class SignInForm(LoginForm):
    """Takes an address in letters of any width, as the application does: an IME left on is no wrong address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _Address()


class _Address(EmailField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(mail.in_plain_letters(value or ""))
