"""The portal's pages as tests open them: somebody recognisable, and ways to look for them."""

from django.http import HttpResponse
from django.urls import reverse

from foundation import access
from referrals.handoff import consents
from referrals.models import Referral

NAME = "見本 めじるし"
SECRETS = {
    "name": NAME, "kana": "みほん めじるし", "phone": "+819011112222", "email": "mejirushi@example.org",
    "address": "目印町9丁目", "safe_times": "めじるしの午前", "reach_by": ["phone"], "lifelines_cut": ["gas"],
}  # fmt: skip
SHOWN = (NAME, "みほん めじるし", "090-1111-2222", "mejirushi@example.org", "目印町", "めじるしの午前")


def url(name: str, referral: Referral) -> str:
    return reverse(f"portal:{name}", args=[referral.public_id])


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def says_nothing_personal(response: HttpResponse) -> bool:
    return not any(secret in text_of(response) for secret in SHOWN)


def fresh(referral: Referral) -> Referral:
    return Referral.objects.get(pk=referral.pk)


def withdraw(referral: Referral) -> None:
    with access.scope(actor="test", purpose="withdrawing"):
        consents.withdraw_consent(case=referral.case, recipient=referral.centre, channel="web")
