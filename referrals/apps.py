"""The referrals floor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = _("ケースとつなぎ")

    def ready(self) -> None:
        from outreach.signals import application_submitted
        from referrals.handoff import centre_notices, desk_notices  # noqa: F401  (handlers register with the outbox)
        from referrals.intake import open_case

        application_submitted.connect(open_case, dispatch_uid="referrals.intake.open_case")
