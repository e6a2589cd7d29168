"""The version of the directory: read by whoever holds what it shows, raised in the transaction that changes it."""

from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_save

from organisations.models import Catchment, Organisation
from outreach.models import DirectoryVersion, Programme, ProgrammeText, Window, WindowText

_SHOWN = (Programme, ProgrammeText, Window, WindowText, Organisation, Catchment)


def current() -> int:
    """The number of the present state; what is held for another may be out of date."""
    return DirectoryVersion.objects.filter(pk=DirectoryVersion.ONLY).values_list("number", flat=True).first() or 0


def rise(**_signal: object) -> None:
    """Say that the directory is another one now; whoever writes in bulk calls it, saved rows do of themselves."""
    standing = DirectoryVersion.objects.filter(pk=DirectoryVersion.ONLY)
    if not standing.update(number=F("number") + 1):
        DirectoryVersion.objects.get_or_create(pk=DirectoryVersion.ONLY, defaults={"number": 1})


def watch() -> None:
    """Raise the version with every row that is saved or deleted."""
    for model in _SHOWN:
        post_save.connect(rise, sender=model)
        post_delete.connect(rise, sender=model)
    m2m_changed.connect(rise, sender=Programme.windows.through)
