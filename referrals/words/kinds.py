"""The shape of a row of words."""

from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Row = TypeVar("Row")
UNKNOWN_STATUS = _("（いまは使っていない状態）")


class Table(dict[str, Row]):
    """Rows by status. A status of another version, met after going back to an older one, reads as unknown."""

    def __init__(self, rows: dict[str, Row], *, unknown: Row) -> None:
        super().__init__(rows)
        self.unknown = unknown

    def __missing__(self, _status: str) -> Row:
        return self.unknown


@dataclass(frozen=True)
class ForPerson:
    """``now`` in a short sentence, ``then`` what happens next, ``when`` until when, or what to do.

    ``contacts``: what happens next is that they are contacted, so that ``then`` is not for whoever wants no contact.
    ``at_the_door``: the same where it points at what only their own page has, behind the receipt number.
    """

    now: Words
    then: Words = ""
    when: Words = ""
    contacts: bool = False
    at_the_door: "ForPerson | None" = None


@dataclass(frozen=True, kw_only=True)
class CaseWords:
    """``desk`` is the tag, ``hint`` what to do next, ``happened`` the line of the timeline.

    A case that moves along with its parcel has no line: its parcel has.
    """

    desk: Words
    hint: Words
    person: ForPerson
    happened: Words = ""


@dataclass(frozen=True, kw_only=True)
class ParcelWords:
    desk: Words
    happened: Words


@dataclass(frozen=True, kw_only=True)
class ClosedWords:
    """Of what was over and is closed to the centre for a reason of its own; as in ``ReferralWords``."""

    centre: Words
    centre_next: Words
    tell_centre: Words
    tell_centre_if_it_has_it: Words
    person_to_be_told: Words
    person_told: Words
    person_mailed: Words
    person_if_it_has_it: Words


@dataclass(frozen=True, kw_only=True)
class ReferralWords:
    """``desk`` and ``centre`` are the tags there, ``centre_next`` what a counsellor can do now.

    ``happened`` is the line of the desk's timeline ({centre}, {detail}, {way}). What reads otherwise while nothing but
    paper is on its way stands in ``…_on_paper``. Of a referral that was stopped: ``tell_centre`` says to the desk what
    it has to tell the centre, ``person_to_be_told`` to the person that it will, ``person_told`` that it has ({day});
    ``…_if_it_has_it`` where nobody knows yet whether the paper was given to the centre; ``person_if_unsure`` is then
    what they read first.
    """

    desk: Words
    happened: Words
    centre: Words
    centre_next: Words
    person: ForPerson
    desk_on_paper: Words = ""
    happened_on_paper: Words = ""
    person_on_paper: ForPerson | None = None
    tell_centre: Words = ""
    person_to_be_told: Words = ""
    person_told: Words = ""
    tell_centre_if_it_has_it: Words = ""
    person_if_it_has_it: Words = ""
    person_if_unsure: Words = ""
