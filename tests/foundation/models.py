"""Rows that only these tests have: their label is no installed app, so no other test meets them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from foundation import clock
from foundation.crypto.fields import EncryptedJSON, EncryptedText
from foundation.crypto.sealed_as import SealedAsField
from foundation.identifiers import PublicIdField
from foundation.models import AppendOnly, Transition


def _key(target: str, **kwargs) -> models.ForeignKey:
    return models.ForeignKey(target, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", **kwargs)


class Letter(models.Model):
    """Holds secrets under a person's key."""

    data_key = _key("foundation.DataKey", null=True)
    sealed_as = SealedAsField()
    name = EncryptedText(seal="ground.letter.name")
    reading = EncryptedText(blank=True, seal="ground.letter.reading")
    phone = EncryptedText(null=True, seal="ground.letter.phone")
    answers = EncryptedJSON(default=dict, seal="ground.letter.answers")
    town = models.CharField(max_length=40, default="")

    class Meta:
        app_label = "ground"

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Kettle(models.Model):
    """Goes from cold to hot; two people may want it at once."""

    class Status(models.TextChoices):
        COLD = "cold", "冷たい"
        WARM = "warm", "ぬるい"
        HOT = "hot", "熱い"
        BROKEN = "broken", "こわれた"

    public_id = PublicIdField()
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.COLD)
    version = models.PositiveIntegerField(default=1)
    litres = models.PositiveIntegerField(default=0)
    owner = EncryptedText(blank=True, seal="ground.kettle.owner")
    data_key = _key("foundation.DataKey", null=True)

    class Meta:
        app_label = "ground"

    def __str__(self) -> str:
        return self.public_id


class KettleStep(Transition):
    sealed_as = SealedAsField()
    note = EncryptedText(blank=True, seal="ground.kettlestep.note")
    subject = models.ForeignKey(Kettle, on_delete=models.DO_NOTHING, db_constraint=False, related_name="history")
    by = _key(settings.AUTH_USER_MODEL, null=True)
    data_key = _key("foundation.DataKey", null=True)

    class Meta(Transition.Meta):
        app_label = "ground"


class Line(AppendOnly):
    """A row of a ledger, and a row of a list."""

    text = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)
    rank = models.IntegerField(default=0)
    perhaps = models.IntegerField(null=True)

    class Meta:
        app_label = "ground"

    def __str__(self) -> str:
        return self.text


TABLES = (Letter, Kettle, KettleStep, Line)
