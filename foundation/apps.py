"""The ground floor: what every other floor stands on and nothing of the field itself."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as today
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    name = "foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Foundation"

    def ready(self) -> None:
        post_migrate.connect(_begin_to_count, sender=self)


def _begin_to_count(*, using: str, apps: Any = today, **_kwargs: Any) -> None:
    """Every database has the counter of the access record from the start."""
    try:
        counter = apps.get_model("foundation", "AccessCount")
    except LookupError:
        return  # migrated to before there was one
    counter.objects.using(using).get_or_create(id=1)
