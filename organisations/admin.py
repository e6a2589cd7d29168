"""Reference data for administrators: organisations, whom they serve, members and their roles."""

from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import days, japanese
from organisations import membership, registry
from organisations.editing.saving import SavingAdmin, SeenForm
from organisations.models import Catchment, Member, Organisation, Place, RoleChange, RoleGrant

admin.site.site_header = _("つなぐ 管理")
admin.site.site_title = _("つなぐ 管理")
admin.site.index_title = _("支援情報・組織・職員")
admin.site.site_url = "/home/"
admin.site.enable_nav_sidebar = False  # lists need its width; the front page of the admin has the same links
# Pages that the packages bring along: here roles say what members may do, and the member has the one address.
for package in ("allauth.account", "django.contrib.auth"):
    import_module(f"{package}.admin")
admin.site.unregister([EmailAddress, Group])

_OWN_PASSWORD_CHANGED = _(
    "あなたのパスワードがかわりました。ここでは、このまま続けられます。ほかの端末では、新しいパスワードでサインインしなおしてください。"
)
_CHECK_AGAIN = _("確かめた内容がかわったので、「{day}」を空にしました。新しい内容を確かめたら、日付を入れてください。")
_LAPSED = {
    "email_confirmed_on": _(
        "メールがかわったので、「{day}」を空にしました。新しいアドレスで届くことを確かめたら、日付を入れてください。"
        "それまで、この組織にメールは送られません。"
    ),
    "confirmed_on": _CHECK_AGAIN,
    "verified_on": _CHECK_AGAIN,
}


def _own_password(_request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """One way to change one's own password, which limits trying out the present one."""
    return redirect("account_change_password")


admin.site.password_change = _own_password  # type: ignore[method-assign,assignment]


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


def _become(obj: Model, added: Member | Organisation) -> None:
    """Make the form's ``obj`` the row that a verb added."""
    assert isinstance(obj, Member | Organisation)
    obj.pk, obj.public_id = added.pk, added.public_id
    obj._state.adding = False


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


class OrganisationForm(SeenForm):
    """A fact that changes empties the day on which it was checked, unless another day was written."""

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name in registry.CHECKED_ON:
            if why := days.why_not_checked_on(said.get(name)):
                self.add_error(name, why)
        if self.instance.pk:
            said |= dict.fromkeys(registry.days_lapsing(set(self.changed_data)))
        return said


class CatchmentInline(AddedOrTaken):
    model = Catchment
    extra = 0
    autocomplete_fields = ("place",)


@admin.register(Organisation)
class OrganisationAdmin(SavingAdmin):
    """Never deleted: cases, referrals and histories name organisations, and members."""

    form = OrganisationForm
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
    inlines = (CatchmentInline,)

    def save_model(self, request: HttpRequest, obj: Organisation, form: forms.ModelForm, change: bool) -> None:
        if change:
            facts = {name: form.cleaned_data[name] for name in form.changed_data}
            self._tell_what_lapsed(request, obj, registry.change_organisation(organisation=obj, **facts))
        else:
            _become(obj, registry.register_organisation(**form.cleaned_data))

    def _tell_what_lapsed(self, request: HttpRequest, obj: Organisation, days: list[str]) -> None:
        for day in days:
            words = format_lazy(_LAPSED[day], day=label_for_field(day, Organisation))
            messages.warning(request, format_lazy("{}：{}", obj.name, words))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        added = [row.place for row in formset.save(commit=False)]
        dropped = {row.place_id for row in formset.deleted_objects}
        standing = Place.objects.filter(catchments__organisation=form.instance).exclude(pk__in=dropped)
        registry.serve(organisation=form.instance, places=[*standing, *added])


class MemberForm(SeenForm):
    """Adds a member with a first password, or changes address, name and whether they may sign in."""

    new_password = forms.CharField(
        label=_("新しいパスワード"),
        help_text=_("空欄のままなら、パスワードは変わりません。12文字以上にしてください。"),
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"}),
        required=False,
        strip=False,
    )

    class Meta:
        model = Member
        fields = ("email", "name", "is_active")

    def clean_email(self) -> str:
        address = membership.address_of(self.cleaned_data["email"])
        if Member.objects.exclude(pk=self.instance.pk).filter(email__iexact=address).exists():
            raise forms.ValidationError(Member._meta.get_field("email").error_messages["unique"], code="unique")
        return address

    def _post_clean(self) -> None:
        """Once the member has their new name and address, hold the password against them."""
        super()._post_clean()  # type: ignore[misc]  # Django's own forms hook in here; the stubs leave it out
        password = self.cleaned_data.get("new_password")
        if password:
            try:
                validate_password(password, self.instance)
            except forms.ValidationError as error:
                self.add_error("new_password", error)


class RoleGrantInline(AddedOrTaken):
    model = RoleGrant
    extra = 1
    autocomplete_fields = ("organisation",)


@admin.register(Member)
class MemberAdmin(SavingAdmin):
    form = MemberForm
    list_display = ("name", "email", "is_active")
    list_filter = ("is_active", "role_grants__role")
    search_fields = ("name", "email")
    inlines = (RoleGrantInline,)

    def hold_before(self) -> None:
        membership.hold_administrators()

    def save_model(self, request: HttpRequest, obj: Member, form: MemberForm, change: bool) -> None:
        password = form.cleaned_data["new_password"] or None
        if change:
            membership.change_member(member=obj, password=password)
            return
        added = membership.add_member(email=obj.email, name=obj.name, password=password, is_active=obj.is_active)
        _become(obj, added)

    def save_related(self, request: HttpRequest, form: MemberForm, formsets: Any, change: bool) -> None:
        worked = change and form.initial["is_active"]
        before = list(form.instance.role_grants.select_related("organisation")) if worked else []
        super().save_related(request, form, formsets, change)
        for words in membership.what_nobody_does_now(before):
            messages.warning(request, str(words))
        if change and form.cleaned_data["new_password"] and form.instance.pk == request.user.pk:
            update_session_auth_hash(request, form.instance)  # nothing can refuse the change any more
            messages.success(request, _OWN_PASSWORD_CHANGED)

    def response_add(self, request: HttpRequest, obj: Member, *args: Any, **kwargs: Any) -> HttpResponse:
        self._tell_what_is_missing(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Member) -> HttpResponse:
        self._tell_what_is_missing(request, obj)
        return super().response_change(request, obj)

    def _tell_what_is_missing(self, request: HttpRequest, obj: Member) -> None:
        stored = Member.objects.get(pk=obj.pk)  # the form's row knows no password
        for words in membership.what_is_missing(stored):
            messages.warning(request, format_lazy("{}：{}", obj.name, words))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        assert isinstance(request.user, Member)  # the admin lets no one else this far
        given = formset.save(commit=False)
        for verb, grants in ((membership.take_role, formset.deleted_objects), (membership.give_role, given)):
            for grant in grants:
                verb(member=form.instance, organisation=grant.organisation, role=grant.role, by=request.user)


@admin.register(RoleChange)
class RoleChangeAdmin(LookedAt):
    """Who gave or took which role, and when."""

    list_display = ("at", "member", "organisation", "role", "given", "by")
    list_select_related = ("member", "organisation", "by")
    list_filter = ("given", "role")
    search_fields = ("member__name", "member__email")
