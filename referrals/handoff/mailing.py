"""How a mail leaves the house: to an organisation, in Japanese, free of personal data, from its outbox row.

Its handler may run again after a crash: a mail then repeats with the same Message-ID, so that the reader's mailbox
shows it once. Mails go out without an open transaction: a mail server that is slow or silent must not keep anybody
else from writing.
"""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.functional import Promise

from organisations.models import Organisation


def mail(to: Organisation, message_id: int, *, subject: Promise, text: Promise, path: str) -> None:
    if not to.can_be_mailed:
        return
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    with translation.override("ja"):
        EmailMessage(
            subject=f"【つなぐ】{subject}",
            body=f"{text}\n\n{settings.BASE_URL}{path}\n",
            to=[to.email],
            headers={"Message-ID": f"<outbox-{message_id}@{domain}>"},
        ).send()
