"""Intake: an application becomes a person, a case and the consent as stated, in the same transaction."""

from typing import Any

from outreach.application.statement import Statement
from outreach.models import Application, ApplicationChoice
from outreach.models.application import Channel
from referrals.models import Case, CaseTransition, ConsentEntry, Person, PersonIndex
from referrals.models.consent import ConsentChannel, Purpose, StatedBy
from referrals.person_index import NOTHING, Beside, entries_of
from referrals.states import CaseStatus


def open_case(*, application: Application, statement: Statement, **_signal: Any) -> Case:
    """Open the case of ``application``: the one receiver of ``application_submitted``."""
    person = _admit(application, statement)
    case = Case.objects.create(
        desk=application.desk,
        person=person,
        application=application,
        received_at=application.received_at,
        received_on=application.received_on,
    )
    CaseTransition.objects.create(
        subject=case,
        from_status="",
        to_status=CaseStatus.RECEIVED,
        at=application.received_at,
        by=application.recorded_by,
        actor="member" if application.recorded_by else "person",
    )
    if application.consents:
        _write_consent_as_stated(case, application)
    return case


def _admit(application: Application, statement: Statement) -> Person:
    """The applicant as a person of the desk, with the blind index of what identifies them.

    Nobody is matched here: whether this person came before is for staff to decide, and first contact must
    neither turn anybody away nor reveal who is registered.
    """
    person = Person.objects.create(
        data_key=application.data_key,
        desk=application.desk,
        place=application.place,
        name=statement.name,
        kana=statement.kana,
        birth_year=str(statement.birth_year or ""),
        postcode=statement.postcode,
        address=statement.address,
        phone=statement.phone,
        email=statement.email,
        safe_times=statement.safe_times,
        known_since=application.received_at,
    )
    helper = Beside(names=[statement.helper_name], phones=[statement.helper_phone])
    PersonIndex.objects.bulk_create(entries_of(person, helper if statement.has_helper else NOTHING))
    return person


def _write_consent_as_stated(case: Case, application: Application) -> None:
    keys = list(
        application.choices.filter(question=ApplicationChoice.Several.DISCLOSED).values_list("value", flat=True)
    )
    purposes = [(Purpose.TELL_CENTRE, keys)]
    if application.feedback:
        purposes.append((Purpose.HEAR_RESULT, []))
    by_telephone = application.channel == Channel.TELEPHONE
    ConsentEntry.objects.bulk_create(
        ConsentEntry(
            person=case.person,
            case=case,
            purpose=purpose,
            recipient=application.centre,
            fields=fields,
            given=True,
            text_version=application.consent_text_version,
            channel=ConsentChannel.TELEPHONE if by_telephone else ConsentChannel.WEB,
            stated_by=StatedBy.PERSON,
            recorded_by=application.recorded_by,
            stated_on=application.received_on,
            at=application.received_at,
        )
        for purpose, fields in purposes
    )
