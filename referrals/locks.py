"""One lock: consent and hand-off of one person never interleave, or a referral could outlive its consent."""

from referrals.models import Person


def lock(person: Person) -> None:
    """Hold ``person``'s row until the transaction ends (SQLite holds the whole database: IMMEDIATE)."""
    Person.objects.select_for_update().only("pk").get(pk=person.pk)
