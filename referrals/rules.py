"""Who may do what at a desk: one guard, called by every verb of casework, parcels and hand-offs."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from foundation.errors import NotAllowed
from organisations.models import Member
from organisations.roles import Permission
from referrals.models import Case

# The same words by the same member again within this time are a double click, and are written down once.
DOUBLE_CLICK = timedelta(minutes=1)


def check_may(by: Member, permission: Permission, case: Case) -> None:
    """Raise NotAllowed unless ``by`` holds ``permission`` at the desk of ``case``."""
    if not by.can(permission, case.desk):
        raise NotAllowed(_("この操作をする役割がありません。窓口のまとめ役に相談してください。"))
