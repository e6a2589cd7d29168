"""One of each component, to look at and for axe; no address of the site."""

from datetime import UTC, datetime
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as site_urls


class GalleryForm(forms.Form):
    name = forms.CharField(label="お名前", max_length=80)
    postcode = forms.CharField(label="郵便番号", help_text="7けた。ハイフンはなくてもだいじょうぶです。", max_length=8)
    household = forms.ChoiceField(
        label="いっしょに住んでいる人",
        choices=[
            ("single", "ひとり暮らし"),
            ("single_parent", "ひとり親と子ども"),
            ("couple", "夫婦・パートナーとふたり"),
            ("prefer_not_to_say", "答えたくない"),
        ],
        widget=forms.RadioSelect,
    )
    debts = forms.MultipleChoiceField(
        label="借りているお金",
        help_text="あてはまるものを全部えらんでください。",
        required=False,
        choices=[("consumer_finance", "消費者金融"), ("card", "クレジットカード"), ("rent", "家賃のおくれ")],
        widget=forms.CheckboxSelectMultiple,
    )
    slot = forms.ChoiceField(
        label="届ける時間", choices=[("", "えらんでください"), ("am", "午前中"), ("pm", "14時〜16時")]
    )
    story = forms.CharField(label="相談したいこと", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    consent = forms.BooleanField(
        label="札幌市の相談センターに、上の内容を伝えることに同意します。",
        help_text="同意しなくても食べものは送ります。",
    )


_FRAME = {
    "member": SimpleNamespace(name="架空 花子"),
    "organisations": "練習フードバンク",
    "nav": [
        {"label": "ケース一覧", "url": "/desk/", "current": True},
        {"label": "箱づめ・発送", "url": "/desk/packing/", "current": False},
        {"label": "電話で受ける", "url": "/desk/telephone/", "current": False},
    ],
}


def _entries() -> list[dict]:
    return [
        {"at": datetime(2022, 6, 1, 1, 5, tzinfo=UTC), "text": "申込みを受け付けました", "by": "本人"},
        {
            "at": datetime(2022, 6, 2, 4, 30, tzinfo=UTC),
            "text": "送ることに決めました",
            "by": "架空 花子",
            "note": "ガスが使えない",
        },
    ]


def public(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/public.html", {"form": GalleryForm(), "entries": _entries()})


def wrong(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/question.html", {"form": GalleryForm({"postcode": "12"})})


def staff(request: HttpRequest) -> HttpResponse:
    messages.success(request, "発送を記録しました。")
    messages.error(request, "ほかの人が先に変更しました（架空 太郎、13:05）。ページを読みなおしてください。")
    states = [
        ("received", "受付"),
        ("in_review", "確認中"),
        ("delivered", "到着"),
        ("closed", "終了"),
        ("expired", "返答なし"),
    ]
    page = SimpleNamespace(next_cursor="abc", previous_cursor="xyz")
    context = {"page": page, "entries": _entries(), "states": states, "form": GalleryForm()}
    return render(request, "gallery/staff.html", {**_FRAME, **context})


def sheet(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/sheet.html", _FRAME)


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("shown as 500.html")


views = [
    path(f"gallery/{view.__name__}/", view, name=f"gallery_{view.__name__}")
    for view in (public, wrong, staff, sheet, missing, broken)
]
urlpatterns = [*views, *site_urls]
