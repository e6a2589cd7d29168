"""The outreach floor."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    name = "outreach"
    verbose_name = _("支援情報と申込み")

    def ready(self) -> None:
        from outreach.checks import exactly_one_receiver
        from outreach.directory import version

        register(exactly_one_receiver)
        version.watch()
