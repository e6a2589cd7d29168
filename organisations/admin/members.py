"""The pages of members and their roles, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organisations import membership
from organisations.admin.rows import AddedOrTaken, LookedAt, become
from organisations.editing.saving import SavingAdmin, SeenForm
from organisations.models import Member, RoleChange, RoleGrant

_OWN_PASSWORD_CHANGED = _(
    "あなたのパスワードがかわりました。ここでは、このまま続けられます。ほかの端末では、新しいパスワードでサインインしなおしてください。"
)


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
        become(obj, added)

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
