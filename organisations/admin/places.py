"""The page of places, for administrators and for those who keep the directory."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation.text import japanese
from organisations.admin.rows import LookedAt
from organisations.models import Place


@admin.register(Place)
class PlaceAdmin(LookedAt):
    """Places are only looked at, and looked for by those who keep the directory; load_places fills the table."""

    list_display = ("code", "whole_name", "kana", "level", "valid_until")
    list_filter = ("level",)
    search_fields = ("search_name",)

    @admin.display(description=_("名前"))
    def whole_name(self, place: Place) -> str:
        return place.full_name

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Place], search_term: str
    ) -> tuple[QuerySet[Place], bool]:
        key = f" {japanese.search_key(search_term)}"
        wanted = Q(search_name__contains=key) | Q(search_kana__contains=key) | Q(code__startswith=key.strip())
        return queryset.filter(wanted), False

    def has_view_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return request.user.is_staff
