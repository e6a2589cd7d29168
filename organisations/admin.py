"""Reference data for administrators: organisations, whom they serve, members and their roles."""

from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q, QuerySet, URLField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from foundation import japanese
from organisations import membership
from organisations.models import Catchment, Member, Organisation, Place, RoleGrant

admin.site.site_header = _("つなぐ 管理")
admin.site.site_title = _("つなぐ 管理")
admin.site.index_title = _("支援情報・組織・職員")
admin.site.site_url = "/home/"


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    """Places are only looked at, and looked for by those who keep the directory; load_places fills the table."""

    list_display = ("code", "full_name", "kana", "level", "valid_until")
    list_filter = ("level",)
    list_select_related = ("parent__parent__parent",)
    search_fields = ("search_name",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Place], search_term: str
    ) -> tuple[QuerySet[Place], bool]:
        key = f" {japanese.search_key(search_term)}"
        wanted = Q(search_name__contains=key) | Q(search_kana__contains=key) | Q(code__startswith=key.strip())
        return queryset.select_related("parent__parent__parent").filter(wanted), False

    def has_view_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return False


class CatchmentInline(admin.TabularInline):
    model = Catchment
    extra = 0
    raw_id_fields = ("place",)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = (
        "name",
        "kind",
        "phone",
        "uses_portal",
        "email_confirmed_on",
        "verified_on",
        "confirmed_on",
    )
    list_filter = ("kind", "uses_portal")
    search_fields = ("name", "phone")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    inlines = (CatchmentInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return False  # cases and referrals name it


class MemberForm(forms.ModelForm):
    """Adds a member with a first password, or changes name and whether they may sign in."""

    password = forms.CharField(
        label=_("はじめのパスワード"),
        widget=forms.PasswordInput(render_value=False),
        required=False,
        strip=False,
    )

    class Meta:
        model = Member
        fields = ("email", "name", "is_active")

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        return password


class RoleGrantInline(admin.TabularInline):
    model = RoleGrant
    extra = 1
    autocomplete_fields = ("organisation",)


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):
    form = MemberForm
    list_display = ("name", "email", "is_active")
    list_filter = ("is_active", "role_grants__role")
    search_fields = ("name", "email")
    inlines = (RoleGrantInline,)

    def save_model(self, request: HttpRequest, obj: Member, form: MemberForm, change: bool) -> None:
        password = form.cleaned_data.get("password") or None
        if not change:
            added = membership.add_member(email=obj.email, name=obj.name, password=password)
            obj.pk, obj.public_id = added.pk, added.public_id
            obj._state.adding = False
            return
        membership.change_member(member=obj, password=password)

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        return False  # histories name them; who left is made inactive
