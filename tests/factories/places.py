"""Places for tests: single ones by factory, or the real table."""

from collections.abc import Iterator
from contextlib import contextmanager

import factory

from organisations.models import Place
from organisations.models.place import Level
from organisations.places import place_table
from organisations.places.place_table import check_digit, spellings


@contextmanager
def real_places() -> Iterator[None]:
    """The real table, outside any test's transaction: load it once for a module, it is cleared afterwards."""
    place_table.load()
    try:
        yield
    finally:
        for level in reversed(Level):
            Place.objects.filter(level=level).delete()


class PrefectureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Place
        django_get_or_create = ("code",)

    code = "010006"
    level = Level.PREFECTURE
    name = "北海道"
    kana = "ほっかいどう"
    prefecture_code = "01"
    parent = None
    search_name = factory.LazyAttribute(lambda place: spellings(place.name, place.kana)[0])
    search_kana = factory.LazyAttribute(lambda place: spellings(place.name, place.kana)[1])


class SubprefectureFactory(PrefectureFactory):
    code = "01S04"
    level = Level.SUBPREFECTURE
    name = "胆振総合振興局管内"
    kana = "いぶりそうごうしんこうきょくかんない"
    parent = factory.SubFactory(PrefectureFactory)


class MunicipalityFactory(PrefectureFactory):
    """A made-up municipality in 胆振; its code keeps the check digit's rule."""

    code = factory.Sequence(lambda n: f"{19000 + n:05d}" + check_digit(f"{19000 + n:05d}"))
    level = Level.MUNICIPALITY
    name = factory.Sequence(lambda n: f"見本{n}町")
    kana = "みほんちょう"
    parent = factory.SubFactory(SubprefectureFactory)
