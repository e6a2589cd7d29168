"""Choices: the ticks of an application, a row each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.coded import CodeField
from foundation.models.append_only import AppendOnly


class ApplicationChoice(AppendOnly):
    """One ticked answer of a question that takes several, so that counting is a GROUP BY on any database."""

    class Several(models.TextChoices):
        BABY_NEED = "baby_need", _("赤ちゃんのもの")
        LIFELINE_CUT = "lifeline_cut", _("使えないもの")
        REACH_BY = "reach_by", _("連絡方法")
        DEBT_KIND = "debt_kind", _("借金の種類")
        BODY = "body", _("相談しているところ")
        TROUBLE = "trouble", _("困りごと")
        DISCLOSED = "disclosed", _("窓口に伝える項目")

    application = models.ForeignKey("outreach.Application", models.CASCADE, related_name="choices")
    question = CodeField(max_length=16, choices=Several.choices)
    value = models.CharField(max_length=32)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "question", "value"], name="choice_ticked_once"),
        ]
        indexes = [models.Index(fields=["question", "value"], name="choice_by_value")]

    def __str__(self) -> str:
        return f"{self.question}={self.value}"
