"""Model fields sealed under the row's data key: plain in the program, ciphertext in the table.

The model has a foreign key `data_key` to foundation.DataKey. A plain value is assigned and sealed when saved;
a stored one is opened each time the attribute is read, which is noted for the access record. Nothing can be
looked up or ordered by such a column: that is what blind indexes are for.

Every column names its seal, ``seal="referrals.person.name"``. A value opens under the seal it was closed with and no
other, so a seal is given once and never changed, whatever model, field or table are called later.

A value is bound to its row too, by an identifier that is never given again: the model's ``sealed_as`` or, without one,
its ``public_id``. Copied into another row, with its key or without, it doesn't open.
"""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import Col
from django.db.models.query_utils import DeferredAttribute

from foundation import access
from foundation.columns import PlainInMigrations
from foundation.crypto import checking
from foundation.crypto.checking import IDENTIFIERS
from foundation.crypto.ciphertext import BOUND, Ciphertext
from foundation.crypto.reloading import KEEPS_SEALED, keep_sealed, keeping_sealed
from foundation.crypto.sealed_column import HasNoValue, SealedColumn
from foundation.erased import ERASED, Erased
from foundation.faults import CryptoError


class EncryptedAttribute(DeferredAttribute):
    """Opens what is stored when it is read; keeps what is assigned until it is saved."""

    field: EncryptedField

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Ciphertext) and not keep_sealed.get():
            return self.field.opened(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        if value is ERASED and self.field.attname in instance.__dict__:
            return  # what was read goes back: nothing to keep, nothing to seal
        instance.__dict__[self.field.attname] = value


class EncryptedField(PlainInMigrations, models.BinaryField):
    """What both kinds of sealed column share."""

    plain = "django.db.models.BinaryField"
    descriptor_class = EncryptedAttribute
    empty_values = [None, ""]

    def __init__(self, *args: Any, seal: str = "", **kwargs: Any) -> None:
        self.seal = seal
        super().__init__(*args, **kwargs)

    def clone(self) -> Any:
        """A copy for a concrete model; the seal is no part of what migrations know."""
        copied = super().clone()
        copied.seal = self.seal
        return copied

    if TYPE_CHECKING:
        # What django-stubs takes the attribute to be; a binary field's bytes otherwise.
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        if not hasattr(cls.refresh_from_db, KEEPS_SEALED):
            # As Django's own fields bring get_…_display, this one brings a refresh that does not read.
            cls.refresh_from_db = keeping_sealed(cls.refresh_from_db)  # type: ignore[method-assign]  # meant: see above

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *checking.faults_of(self)]

    def _check_str_default_value(self) -> list[checks.CheckMessage]:
        return []  # unlike other binary fields this one takes plain text

    # Plain values

    def to_bytes(self, plain: Any) -> bytes:
        """What is sealed of a plain value; each kind of column says how."""
        raise NotImplementedError(type(self).__name__)

    def from_bytes(self, data: bytes) -> Any:
        """The plain value of what was opened; each kind of column says how."""
        raise NotImplementedError(type(self).__name__)

    def sealed(self, instance: Any, value: Any) -> Any:
        """A plain value sealed for this row; None, "" and what is sealed already stay as they are."""
        if value is None or value == "" or isinstance(value, Ciphertext):
            return value
        if value is ERASED:
            raise CryptoError(f"{self.seal}: what was erased cannot be stored again")
        data_key = instance.data_key
        if data_key is None:
            raise CryptoError(f"{self.seal}: the row has no data key to seal it with")
        if data_key.destroyed:
            raise Erased
        plain, row = self.to_bytes(value), self._row(instance)
        if row is None:
            return Ciphertext(data_key.seal(plain, self.seal))
        return Ciphertext(BOUND + data_key.seal(plain, f"{self.seal}:{row}"))

    def opened(self, instance: Any, value: Ciphertext) -> Any:
        """The plain value, noted for the access record; ERASED where the key was destroyed."""
        data_key = instance.data_key
        if data_key is None:
            raise CryptoError(f"{self.seal}: the row has no data key to open it with")
        if data_key.destroyed:
            return ERASED
        access.note(data_key)
        try:
            if value.is_bound:
                return self.from_bytes(data_key.open(value[len(BOUND) :], f"{self.seal}:{self._row(instance)}"))
            return self.from_bytes(data_key.open(value, self.seal))
        except CryptoError as error:
            raise CryptoError(f"{self.seal}: {error}") from None

    def _row(self, instance: Any) -> str | None:
        """What the values of this row are bound to; None in a row from before, until it is resealed."""
        for name in IDENTIFIERS:
            if hasattr(instance, name):
                return getattr(instance, name)
        raise CryptoError(f"{self.seal}: the row has nothing to be bound to")

    # To and from the database

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.sealed(model_instance, model_instance.__dict__.get(self.attname, self.get_default()))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Ciphertext) or hasattr(value, "resolve_expression"):
            return value
        if value == "":
            return b""
        raise CryptoError(f"{self.seal}: only save() and bulk_create() seal; update() would store it plain")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not prepared:
            value = self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(bytes(value))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        if value is None:
            return None
        return Ciphertext(value) if len(value) else ""

    def get_default(self) -> Any:
        return super(models.BinaryField, self).get_default()

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """For serialisers: sealed, as base64."""
        value = self.sealed(obj, obj.__dict__.get(self.attname))
        return b64encode(value).decode("ascii") if value else ""

    # Queries

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return HasNoValue
        raise FieldError(f"{self.name} is encrypted: it cannot be looked up, use a blind index")

    def get_transform(self, _lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is encrypted: it cannot be looked up, use a blind index")

    def get_col(self, alias: str, output_field: models.Field | None = None) -> Col:
        return SealedColumn(alias, self, output_field or self)

    @property
    def cached_col(self) -> Col:
        return self.get_col(self.model._meta.db_table)


class EncryptedText(EncryptedField):
    """Text, sealed."""

    def to_bytes(self, plain: Any) -> bytes:
        if not isinstance(plain, str):
            raise TypeError(f"{self.seal} takes text")
        return plain.encode()

    def from_bytes(self, data: bytes) -> str:
        return data.decode()


class EncryptedJSON(EncryptedField):
    """Anything JSON can hold, sealed; each reading gives a fresh copy, so assign to change it."""

    def to_bytes(self, plain: Any) -> bytes:
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    def from_bytes(self, data: bytes) -> Any:
        return json.loads(data)
