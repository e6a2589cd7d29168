"""What a person adds of their own accord after the receipt: own words, language, public assistance."""

from datetime import timedelta

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.erased import Erased
from foundation.errors import DomainError
from foundation.work import outbox
from outreach.models import Application, ApplicationAddendum

ADDENDUM_NOTICE = "supplement_notice"  # outbox: tell the desk; the floor above sends it. Stored rows hold the word
MOST_A_DAY = 10  # from one application within 24 hours: a person in need writes fewer, and the desk reads each
LONGEST_WORDS = 4000
LONGEST_INTERPRETER = 200


class TooMany(DomainError):
    """As much was added within a day as anybody reads; nothing that was sent before is lost."""

    default_message = format_lazy(
        _(
            "つけ加えて送れるのは、1日に{most}回までです。これまでに送ったものは、みなフードバンクに届いています。"
            "今回の分はまだ送られていません。書いたものを写しておいて、あしたまた送るか、電話で伝えてください。"
        ),
        most=MOST_A_DAY,
    )


@transaction.atomic
def add_addendum(
    *, application: Application, own_words: str = "", interpreter: str = "", public_assistance: str = ""
) -> ApplicationAddendum:
    """Add to ``application``, which itself stays as stated; may be called again, each time a new addendum.

    The same words twice in a row are one addendum: a double click. ``public_assistance`` is a value of
    ``ApplicationAddendum.PublicAssistance``. Raises DomainError when nothing was written, or more than fits,
    and TooMany when so much was added within a day.
    """
    own_words, interpreter = own_words.strip(), interpreter.strip()
    check_words(own_words, interpreter, public_assistance)
    assistance = ApplicationAddendum.PublicAssistance(public_assistance).value if public_assistance else ""
    # Two clicks come one after the other; whoever only names the application waits for neither.
    Application.objects.select_for_update(no_key=True).only("pk").get(pk=application.pk)
    last = application.addenda.select_related("data_key").order_by("pk").last()
    if last and (last.own_words, last.interpreter, last.public_assistance) == (own_words, interpreter, assistance):
        return last
    check_takes_more(application)
    outbox.enqueue(ADDENDUM_NOTICE, subject=application.public_id)
    return ApplicationAddendum.objects.create(
        application=application,
        data_key=application.data_key,
        added_at=clock.now(),
        own_words=own_words,
        interpreter=interpreter,
        public_assistance=assistance,
    )


def check_words(own_words: str, interpreter: str, public_assistance: str) -> None:
    """Raises DomainError when nothing was written, or more than fits."""
    if not (own_words.strip() or interpreter.strip() or public_assistance):
        raise DomainError(_("まだ何も書かれていません。書きたいことがなければ、このまま閉じてだいじょうぶです。"))
    if len(own_words) > LONGEST_WORDS or len(interpreter) > LONGEST_INTERPRETER:
        raise DomainError(_("文が長すぎて入りきりません。いくつかに分けて送ってください。"))


def check_takes_more(application: Application) -> None:
    """Raises Erased where nothing can be kept any more, TooMany when as much was added today as anybody reads."""
    if application.data_key.destroyed:
        raise Erased
    if application.addenda.filter(added_at__gt=clock.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooMany
