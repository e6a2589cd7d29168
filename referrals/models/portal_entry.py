"""Entries in the portal: that a referral reached its centre there."""

from django.db import models

from foundation.models.append_only import AppendOnly


class PortalEntry(AppendOnly):
    """That a referral was delivered to its centre's portal: one per referral, ever."""

    referral = models.OneToOneField("referrals.Referral", models.PROTECT, related_name="portal_entry")
    delivered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"portal entry of {self.referral_id}"
