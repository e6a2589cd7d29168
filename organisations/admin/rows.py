"""Rows in the admin that verbs keep: looked at, added or taken away, never written by a form."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from organisations.models import Member, Organisation


class LookedAt(admin.ModelAdmin):
    """Nothing of it is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AddedOrTaken(admin.TabularInline):
    """Rows that are added or taken away, and never turned into others."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def become(obj: Model, added: Member | Organisation) -> None:
    """Make the form's ``obj`` the row that a verb added."""
    assert isinstance(obj, Member | Organisation)
    obj.pk, obj.public_id = added.pk, added.public_id
    obj._state.adding = False
