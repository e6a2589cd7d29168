"""Programmes and windows for tests, with their Japanese text."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import factory

from organisations.models import Organisation
from outreach.directory.codes import Area
from outreach.directory.taking import load_starter
from outreach.models import Programme, ProgrammeText, Window, WindowText
from tests.factories.places import real_places


@contextmanager
def starter_directory() -> Iterator[None]:
    """The real places and the starter directory, outside any test's transaction; cleared afterwards."""
    with real_places():
        load_starter()
        try:
            yield
        finally:
            for model in (Window, Programme, Organisation):
                model.objects.all().delete()


class ProgrammeTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeText

    language = "ja"
    title = "見本の制度"
    summary = "見本のための制度です。"


class WindowTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WindowText

    language = "ja"
    title = "見本の窓口"
    summary = "見本のための窓口です。"


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    troubles = ["money"]
    needs = ["money"]
    source_publisher = "見本県"
    source_url = "https://example.org/list"
    verified_on = date(2026, 7, 1)


class ProgrammeFactory(EntryFactory):
    class Meta:
        model = Programme
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"P{n:04d}")
    ja = factory.RelatedFactory(ProgrammeTextFactory, factory_related_name="programme")


class WindowFactory(EntryFactory):
    class Meta:
        model = Window
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"W{n:04d}")
    place = None
    area = factory.LazyAttribute(lambda window: Area.PLACE if window.place else Area.NATIONAL)
    phone = "0120-000-000"
    ja = factory.RelatedFactory(WindowTextFactory, factory_related_name="window")
