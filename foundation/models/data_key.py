"""A data key: one a person, one a draft, one a record of provision; destroying it erases what it sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.columns import MomentField
from foundation.crypto import box
from foundation.crypto.ring import field_ring
from foundation.faults import KeyDestroyed
from foundation.identifiers import PublicIdField


class DataKey(models.Model):
    """A key wrapped by the ring FIELD_KEYS; without `wrapped` it was destroyed."""

    class Kind(models.TextChoices):
        PERSON = "person"
        DRAFT = "draft"
        PROVISION = "provision"

    public_id = PublicIdField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    wrapped = models.BinaryField(null=True)
    ring_key_id = models.CharField(max_length=32, db_index=True)
    created_at = MomentField(editable=False)
    destroyed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="data_key_kind_known", condition=Q(kind__in=["person", "draft", "provision"])),
            models.CheckConstraint(
                name="data_key_destroyed_or_wrapped",
                condition=Q(wrapped__isnull=True, destroyed_at__isnull=False)
                | Q(wrapped__isnull=False, destroyed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def destroyed(self) -> bool:
        return self.wrapped is None

    def seal(self, plain: bytes, aad: str) -> bytes:
        """Encrypt under this key for one purpose (`aad`)."""
        return box.seal(self.unwrapped(), plain, aad=aad.encode())

    def open(self, sealed: bytes, aad: str) -> bytes:
        """Decrypt what was sealed under this key for the same purpose; CryptoError otherwise."""
        return box.unseal(self.unwrapped(), bytes(sealed), aad=aad.encode())

    def wrapping_aad(self) -> bytes:
        """Ties the wrapped key to this row, so that two rows cannot be exchanged."""
        return f"foundation.datakey:{self.kind}:{self.public_id}".encode()

    def unwrapped(self) -> bytes:
        """The key itself; raises KeyDestroyed where it is gone. Kept nowhere, so that destroying it takes effect."""
        if self.wrapped is None:
            raise KeyDestroyed("this data key was destroyed")
        return box.unseal(field_ring().get(self.ring_key_id), bytes(self.wrapped), aad=self.wrapping_aad())
