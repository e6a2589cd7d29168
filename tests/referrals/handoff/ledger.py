"""What stands in a ledger, and taking it back, for tests of consents."""

from referrals.handoff import consents
from referrals.models.consent import ConsentChannel


def live(found, purpose="tell_centre"):
    return found.person.consents.live().filter(purpose=purpose)


def withdraw(found, place, **facts):
    facts = {"channel": ConsentChannel.TELEPHONE, "by": place.caseworker, **facts}
    return consents.withdraw_consent(case=found, recipient=place.centre, **facts)
