"""Submitting an application: the receipt number is given when everything is stored, or nothing is."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.crypto import data_keys
from foundation.errors import DomainError
from foundation.work import outbox
from organisations import catchment
from organisations.models import Member, Organisation, Place
from organisations.places import gazetteer
from outreach.application import consent_texts, page_secrets
from outreach.application.disclosable import FIELDS_BY_KEY
from outreach.application.questions import TICKED_AS
from outreach.application.statement import Statement
from outreach.models import Application, ApplicationChoice
from outreach.models.application import Channel
from outreach.signals import application_submitted

DESK_NOTICE = "desk_notice"
ATTEMPTS = 3


@dataclass(frozen=True)
class Receipt:
    """What the person is given. ``repeated`` tells that this very application had been stored before."""

    number: str
    application: Application
    repeated: bool


def submit_application(
    *,
    statement: Statement,
    submission_key: str,
    page_secret: str,
    by: Member | None = None,
    language: str = "ja",
) -> Receipt:
    """Store what a person stated and open its case; ``by`` is the member who took it on the telephone.

    ``submission_key`` makes a double click one application. ``page_secret`` opens the person's private page;
    only its digest is stored. Raises DomainError when no food bank serves the place yet.
    """
    for attempt in range(ATTEMPTS):
        standing = Application.objects.filter(submission_key=submission_key).first()
        if standing is not None:
            return Receipt(standing.receipt_number, standing, repeated=True)
        try:
            return Receipt(*_store(statement, submission_key, page_secret, by, language), repeated=False)
        except IntegrityError:
            # The second of two clicks that raced finds the first one's application on the next round; a receipt
            # number that was drawn before is drawn anew.
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable: the last attempt returns or raises")


@transaction.atomic
def _store(
    statement: Statement, submission_key: str, page_secret: str, by: Member | None, language: str
) -> tuple[str, Application]:
    place = gazetteer.get(statement.place_code)
    servers = catchment.servers_of(place)
    if servers.desk is None:
        raise DomainError(
            _("この地域へ食品を送るフードバンクは、まだつながっていません。一覧の窓口に電話してください。")
        )
    now = clock.now()
    application = Application.objects.create(
        data_key=data_keys.create(kind="person"),
        submission_key=submission_key,
        **page_secrets.kept(page_secret),
        desk=servers.desk,
        channel=Channel.TELEPHONE if by else Channel.WEB,
        recorded_by=by,
        language=language,
        received_at=now,
        received_on=clock.tokyo_date(now),
        place=place,
        sending_place=_sending_place(statement, place),
        centre=_centre(statement, servers.centres),
        consents=statement.is_consent,
        feedback=statement.is_consent and statement.feedback,
        consent_text_version=statement.consent_text_version if statement.is_consent else "",
        birth_year=str(statement.birth_year or ""),
        helper=_helper(statement),
        **{name: getattr(statement, name) for name in Application.stated_columns()},
    )
    ApplicationChoice.objects.bulk_create(
        ApplicationChoice(application=application, question=question, value=value)
        for question, values in _choices(statement)
        for value in dict.fromkeys(values)
    )
    application_submitted.send(sender=Application, application=application, statement=statement)
    outbox.enqueue(DESK_NOTICE, subject=application.public_id)
    return application.receipt_number, application


def _choices(statement: Statement) -> list[tuple[str, list[str]]]:
    disclosed = statement.disclosed if statement.is_consent else []
    ticked = [(code, getattr(statement, name)) for name, code in TICKED_AS.items()]
    return [*ticked, (ApplicationChoice.Several.DISCLOSED, [key for key in disclosed if key in FIELDS_BY_KEY])]


def _helper(statement: Statement) -> dict[str, str]:
    if not statement.has_helper:
        return {}
    return {
        "name": statement.helper_name,
        "relation": statement.helper_relation,
        "phone": statement.helper_phone,
    }


def _sending_place(statement: Statement, home: Place) -> Place | None:
    """Where the box goes when that is not the home; it decides neither the food bank nor the centre."""
    code = statement.sending_place_code
    return gazetteer.get(code) if code not in ("", home.code) else None


def _centre(statement: Statement, centres: list[Organisation]) -> Organisation | None:
    """The centre that was shown, when it is among those that serve the place; a consent names no other."""
    served_by = {centre.public_id: centre for centre in centres}
    if statement.is_consent and (
        statement.centre_id not in served_by or statement.consent_text_version != consent_texts.CURRENT
    ):
        raise DomainError(_("お住まいの地域の窓口がかわりました。窓口のページをもう一度たしかめてください。"))
    return served_by.get(statement.centre_id)
