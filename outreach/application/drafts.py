"""Verbs of the application form between its steps: start, save a step, hand in, destroy.

A draft is one encrypted row with a key of its own. It is found by the random id in the browser's cookie and
by nothing else, lives for ``settings.DRAFT_LIFETIME_HOURS`` after the last step, and dies with its key.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.crypto import data_keys
from foundation.errors import DomainError, NotAllowed
from foundation.work import jobs
from organisations.models import Member
from outreach.application import disclosable
from outreach.application.draft_seal import HandedIn, handed_in, seal_of
from outreach.application.serving import Serving
from outreach.application.statement import Statement
from outreach.application.submission import submit_application
from outreach.models import Draft

_ATTEMPTS = 5


class SavedElsewhere(DomainError):
    """The same draft was changed on another page after this one was opened."""

    default_message = _(
        "べつの画面で、ここの答えがかわっていました。いま書いたものは、まだ保存されていません。"
        "これでよければ、もう一度「次へ」を押してください。"
    )


@dataclass(kw_only=True)
class Contents:
    """What a draft holds: the answers as typed, and how far the person has come.

    ``passed`` tells for each answered step what its question stood on; ``saved`` the version and the page
    that answered it last; ``carried`` the steps that the navi had answered.
    """

    said: Statement = field(default_factory=Statement)
    passed: dict[str, list] = field(default_factory=dict)
    saved: dict[str, list] = field(default_factory=dict)
    carried: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, draft: Draft) -> Self:
        held = draft.answers
        known = {field.name: held[field.name] for field in dataclasses.fields(cls) if field.name in held}
        return cls(**{**known, "said": Statement.from_json(held["said"])})

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


def start(*, said: Statement | None = None, carried: Iterable[str] = (), by: Member | None = None) -> Draft:
    """Begin a draft: ``carried`` names the steps ``said`` answers already, ``by`` who takes it on the telephone."""
    steps = list(carried)
    contents = Contents(said=said or Statement(), passed={slug: [] for slug in steps}, carried=steps)
    with transaction.atomic():
        return Draft.objects.create(
            data_key=data_keys.create(kind="draft"),
            answers=contents.to_json(),
            recorded_by=by,
            expires_at=end_of_life(),
        )


def find(public_id: str, *, member: Member | None = None) -> Draft | None:
    """The living draft of that id: a telephone draft for its own member only, any other for no member."""
    if not public_id:
        return None
    found = Draft.objects.alive().select_related("data_key").filter(public_id=public_id, recorded_by=member).first()
    if found is not None:
        found.recorded_by = member
    return found


def of_member(member: Member) -> list[Draft]:
    """The living drafts of the calls that ``member`` takes, at whatever browser they were begun, the oldest first."""
    found = list(Draft.objects.alive().select_related("data_key").filter(recorded_by=member).order_by("pk"))
    for draft in found:
        draft.recorded_by = member
    return found


def marked(mark: str, *, member: Member) -> Draft | None:
    """The living call of ``member`` that a page with this mark was opened for."""
    return next((draft for draft in of_member(member) if draft.mark == mark), None) if mark else None


def alive(public_id: str) -> Draft | None:
    """The living draft of that id, whoever began it; who asks may be told that it is there, and not what it holds."""
    return Draft.objects.alive().select_related("data_key", "recorded_by").filter(public_id=public_id).first()


def save_step(*, draft: Draft, slug: str, said: Mapping[str, Any], stands_on: list, page: str, seen: int) -> Contents:
    """Keep the answers of one step; ``page`` names the page they were typed on, opened at version ``seen``.

    Raises SavedElsewhere when another page has answered the same step otherwise since then, and
    Draft.DoesNotExist when the draft was handed in or destroyed meanwhile.
    """
    for _attempt in range(_ATTEMPTS):
        contents = Contents.of(draft)
        version, last_page = contents.saved.get(slug, (0, ""))
        differs = any(getattr(contents.said, name) != value for name, value in said.items())
        if differs and version > seen and last_page != page:
            raise SavedElsewhere
        contents.said = dataclasses.replace(contents.said, **said)
        contents.passed[slug] = stands_on
        contents.saved[slug] = [draft.version + 1, page]
        if slug in contents.carried:
            contents.carried.remove(slug)
        if _keep(draft, contents):
            return contents
        draft.refresh_from_db()
    raise SavedElsewhere


def hand_in(*, draft: Draft, seen: int, language: str, serving: Serving | None = None) -> HandedIn:
    """Submit the draft as it was shown at version ``seen`` and destroy it with its key, both or neither.

    ``serving`` is who serves what it states, where the caller has just asked. A second call gives the same
    application. Raises SavedElsewhere when the answers are no longer those that were shown, what
    ``submit_application`` raises (the draft then stays as it was), and Draft.DoesNotExist when it was destroyed
    without being handed in.
    """
    seal = seal_of(draft.public_id)
    with transaction.atomic():
        mine, _rows = Draft.objects.filter(pk=draft.pk, version=seen).delete()
        if not mine:
            return _handed_in_before(draft)
        contents = Contents.of(draft)
        receipt = submit_application(
            statement=stated_in(contents, serving or Serving.of(contents.said)),
            submission_key=seal.submission_key,
            page_secret=seal.page_secret,
            by=draft.recorded_by,
            language=language,
        )
        data_keys.destroy(draft.data_key)
    return HandedIn(receipt.application, seal.page_secret, draft.mark)


def _handed_in_before(draft: Draft) -> HandedIn:
    if Draft.objects.filter(pk=draft.pk).exists():
        raise SavedElsewhere(_("べつの画面で、答えがかわっていました。下の内容をもう一度たしかめてください。"))
    standing = handed_in(draft.public_id)
    if standing is None:
        raise Draft.DoesNotExist
    return standing


def stated_in(contents: Contents, serving: Serving) -> Statement:
    """The answers as they would be stored now: tidied, and told to the centre only what holds something.

    A consent falls away with a centre that no longer serves the place; the wish stands.
    """
    tidied = contents.said.tidy()
    if serving.centre(tidied.centre_id) is None:
        tidied = dataclasses.replace(tidied, centre_id="", disclosed=[], feedback=False, consent_text_version="")
    told = [row.key for row in disclosable.rows(tidied, tidied.disclosed)]
    return dataclasses.replace(tidied, disclosed=told)


def destroy(*, draft: Draft) -> None:
    """Remove a draft and destroy its key; a second call changes nothing."""
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).delete()
        data_keys.destroy(draft.data_key)


def destroy_expired() -> int:
    """Destroy the drafts whose time is over; returns how many."""
    expired = Draft.objects.expired().select_related("data_key")
    return jobs.each("destroy expired drafts", expired, _destroy_if_expired).done


@transaction.atomic
def _destroy_if_expired(draft: Draft) -> None:
    # Somebody may be saving this very moment, which renews it: then it is left alone.
    gone, _rows = Draft.objects.expired().filter(pk=draft.pk).delete()
    if not gone:
        raise NotAllowed
    data_keys.destroy(draft.data_key)


def _keep(draft: Draft, contents: Contents) -> bool:
    """Write the contents unless the row was changed since it was read; bring ``draft`` up to date."""
    sealed = Draft._meta.get_field("answers").sealed(draft, contents.to_json())
    until = end_of_life()
    here = Draft.objects.filter(pk=draft.pk, version=draft.version)
    if here.update(answers=sealed, version=F("version") + 1, expires_at=until) != 1:
        return False
    draft.answers, draft.version, draft.expires_at = sealed, draft.version + 1, until
    return True


def end_of_life() -> datetime:
    """When a draft that is worked on now dies."""
    return clock.now() + timedelta(hours=settings.DRAFT_LIFETIME_HOURS)
