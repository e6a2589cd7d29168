"""The ground floor: what every other floor stands on and nothing of the field itself."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Foundation"
