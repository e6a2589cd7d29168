"""The pages of organisations and whom they serve, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.text import days
from organisations import registry
from organisations.admin.rows import AddedOrTaken, become
from organisations.editing.saving import SavingAdmin, SeenForm
from organisations.models import Catchment, Organisation, Place

_CHECK_AGAIN = _("確かめた内容がかわったので、「{day}」を空にしました。新しい内容を確かめたら、日付を入れてください。")
_LAPSED = {
    "email_confirmed_on": _(
        "メールがかわったので、「{day}」を空にしました。新しいアドレスで届くことを確かめたら、日付を入れてください。"
        "それまで、この組織にメールは送られません。"
    ),
    "confirmed_on": _CHECK_AGAIN,
    "verified_on": _CHECK_AGAIN,
}


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
            become(obj, registry.register_organisation(**form.cleaned_data))

    def _tell_what_lapsed(self, request: HttpRequest, obj: Organisation, days: list[str]) -> None:
        for day in days:
            words = format_lazy(_LAPSED[day], day=label_for_field(day, Organisation))
            messages.warning(request, format_lazy("{}：{}", obj.name, words))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        added = [row.place for row in formset.save(commit=False)]
        dropped = {row.place_id for row in formset.deleted_objects}
        standing = Place.objects.filter(catchments__organisation=form.instance).exclude(pk__in=dropped)
        registry.serve(organisation=form.instance, places=[*standing, *added])
