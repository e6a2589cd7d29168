"""Invariant 7: personal data appears in no log, task argument, message without the person's choice, URL or error
page. And wherever it is stored, it is stored sealed."""

import io
import json
import logging
from pathlib import Path

import pytest
from celery.signals import before_task_publish
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from foundation import access
from foundation.logs import MASK
from foundation.models import OutboxMessage
from foundation.work import outbox
from outreach.models import Application
from referrals.models import Case, Referral
from tests import forms
from tests.factories import members, referrals
from tests.factories.applications import CHUO, real_place
from tests.invariants import marked
from tests.invariants.marked import SIGN, TYPED, found_in
from tests.invariants.world import World
from tests.private_pages import let_in


class Watch:
    """Everything that leaves the process or is asked of it while someone works."""

    def __init__(self) -> None:
        self.log = io.StringIO()
        self.asked: list[str] = []
        self.published: list[str] = []
        self.secret = ""

    def client(self, member=None) -> Client:
        """A browser whose addresses are kept, those it is sent to included."""
        client, watch = Client(raise_request_exception=False), self
        if member:
            client.force_login(member)
        ask = client.request

        def request(**environ):
            watch.asked.append(environ["PATH_INFO"] + "?" + environ.get("QUERY_STRING", ""))
            response = ask(**environ)
            watch.asked.append(response.headers.get("Location", ""))
            watch.asked.extend(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
            links = forms.read(response.content.decode("utf-8", "replace"))[1]
            # A number to tap or an address to write to is the page's content; nobody asks a server for it.
            watch.asked.extend(link for link in links if not link.startswith(("tel:", "mailto:")))
            return response

        client.request = request
        return client


@pytest.fixture
def watch():
    """Log lines as they would be written, and what Celery is given."""
    seen = Watch()
    written = next(h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler)
    handler = logging.StreamHandler(seen.log)
    handler.setFormatter(written.formatter)
    logging.getLogger().addHandler(handler)

    def published(sender=None, body=None, headers=None, **_kwargs):
        seen.published.append(json.dumps([sender, body, headers], default=str, ensure_ascii=False))

    before_task_publish.connect(published)
    yield seen
    before_task_publish.disconnect(published)
    logging.getLogger().removeHandler(handler)


def press(client: Client, address: str, index: int = 0, *, action: str = "", **said: str):
    """Fill in a form of a page, the language and sign-out forms aside, and send it."""
    page = client.get(address, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else address
    usable = [
        form for form in forms.read(page.content.decode())[0]
        if form.method == "post" and not form.action.startswith(forms.LEFT_ALONE)
    ]  # fmt: skip
    form = usable[index]
    return client.post(action or form.action or address, {**form.values, **said}, follow=True)


def whole_path(world: World, watch: Watch) -> Referral:
    """From the first question to the outcome over HTTP, with the marked words typed wherever words can be typed."""
    real_place(CHUO)
    visitor = watch.client()
    check = forms.walk(visitor, "/apply/", TYPED, until="/apply/check/")
    assert found_in(check.content), "the person reads their own words"
    done = press(visitor, "/apply/check/")
    page = next(link for link in forms.read(done.content.decode())[1] if "/my/" in link).removesuffix("more/")
    page = page[page.index("/my/") :]
    watch.secret = page.split("/")[2]
    visitor.get(page)
    visitor.post(f"{page}more/", {"own_words": f"{SIGN}の相談", "interpreter": f"{SIGN}語"})

    application = Application.objects.get()
    desk = watch.client(world.caseworker)
    case = reverse("desk:case", args=[application.case.public_id])
    desk.get(reverse("desk:queue"))
    desk.post(reverse("desk:find"), {"text": application.receipt_number})
    desk.post(reverse("desk:find"), {"text": f"{SIGN}の人"})
    desk.get(case)
    with access.scope(actor="test", purpose="sending"):
        referral = world.refer(application.case)
    desk.get(reverse("desk:referral", args=[referral.public_id]))
    desk.get(reverse("desk:referral_sheet", args=[referral.public_id]))

    centre = watch.client(world.counsellor)
    at = {name: reverse(f"portal:{name}", args=[referral.public_id]) for name in ("cover", "packet")}
    centre.get(reverse("portal:queue"))
    press(centre, at["cover"])
    press(centre, at["packet"], 0, answer="accept")
    press(centre, at["packet"], 0, action=reverse("portal:contact", args=[referral.public_id]))
    press(centre, at["packet"], 0, outcome="other", note=f"{SIGN}のひとこと")
    referrals.deliver_outbox()
    visitor.get(page)
    visitor.post(f"{page}withdraw/", {"centre": world.centre.public_id})
    referrals.deliver_outbox()
    return Referral.objects.get(pk=referral.pk)


def every_row() -> str:
    """All tables as text, with blobs as they stand."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor:
                rows.append(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]))
                rows += [v.decode("utf-8", "replace") for v in row if isinstance(v, bytes)]
                rows += [v for v in row if isinstance(v, str)]
    return "\n".join(rows)


@pytest.mark.django_db(transaction=True)
def test_the_whole_path_leaves_the_person_s_words_nowhere_but_on_pages_meant_for_them(world, watch):
    outbox.publishing_resumes()
    referral = whole_path(world, watch)
    assert referral.status == "closed"

    log = watch.log.getvalue()
    assert not found_in(log)
    assert not found_in(*watch.asked), "addresses, redirects, links and cookies"
    assert watch.published, "nothing was published: what was watched?"
    assert not found_in(*watch.published)
    assert all(json.loads(line)[1][0] in [[pk] for pk in range(10_000)] for line in watch.published), "ids and no more"
    for folder in ("queue", "mail"):
        for file in Path(settings.VAR, folder).rglob("*"):
            assert not file.is_file() or not found_in(file.read_bytes()), file
    assert mail.outbox
    for message in mail.outbox:
        assert not found_in(str(message.message()), message.body, str(message.recipients()))
        assert watch.secret not in str(message.message())
    for message in OutboxMessage.objects.all():
        assert not found_in(str(message.__dict__))
    for session in Session.objects.all():
        assert not found_in(str(session.get_decoded()))
    assert not found_in(every_row()), "whatever identifies is sealed in every table"

    assert watch.secret not in log
    assert watch.secret not in every_row(), "of the private link only a digest is kept"
    assert TYPED["typed"].replace("-", "") not in log


@pytest.mark.parametrize("kind", [RuntimeError, ValueError, KeyError, UnicodeError])
def test_an_error_with_the_person_s_words_in_it_shows_and_logs_none(world, watch, monkeypatch, kind):
    """An exception raised where personal data is at hand carries it in its message, its arguments, its frames."""
    case, secret = world.hand_in()
    referral = world.refer(case, to="viewed")

    def fails(*args, **kwargs):
        local_name = f"{SIGN} {TYPED['phone']}"
        if kind is UnicodeError:
            raise UnicodeEncodeError("ascii", local_name, 0, 1, local_name)
        raise kind(local_name, args)

    visits = [
        ("referrals.person.who_opened.openings", None, reverse("person:page", args=[secret])),
        ("referrals.portal.views.packet.by_groups", world.counsellor,
         reverse("portal:packet", args=[referral.public_id])),
        ("referrals.desk.views.case.render", world.caseworker, reverse("desk:case", args=[case.public_id])),
    ]  # fmt: skip
    for target, member, path in visits:
        with monkeypatch.context() as patched:
            client = watch.client(member) if member else let_in(watch.client(), secret)
            patched.setattr(target, fails)
            response = client.get(path)
        assert response.status_code == 500, path
        assert not found_in(response.content)
    log = watch.log.getvalue()
    assert "Internal Server Error" in log
    assert not found_in(log)
    assert secret not in log
    assert MASK in log, "the private link's path is masked"


def test_error_pages_repeat_nothing_that_was_typed(world, watch):
    """Whatever is put into an address, a query, a form or a header: the page that refuses it doesn't say it again."""
    case, secret = world.hand_in()
    referral = world.refer(case, to="viewed")
    typed = f"{SIGN}{TYPED['phone']}"
    counsellor, desk, visitor = watch.client(world.counsellor), watch.client(world.caseworker), watch.client()
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(members.counsellor(world.centre))
    refusals = [
        visitor.post("/apply/no-such-step/", {"name": typed}),
        visitor.post(f"/my/{secret[:-2]}xx/more/", {"own_words": typed}),
        visitor.post("/nowhere/", {"name": typed}),
        counsellor.post(reverse("desk:case_move", args=[case.public_id]), {"note": typed}),
        counsellor.post(reverse("portal:packet", args=[referral.public_id]), {"note": typed}),
        desk.post(reverse("portal:close", args=[referral.public_id]), {"note": typed}),
        strict.post(reverse("portal:close", args=[referral.public_id]), {"note": typed}),
        strict.post("/apply/food/", {"food_days": typed}),
        visitor.post(reverse("portal:close", args=[referral.public_id]), {"note": typed}),
        visitor.get("/desk/", {"number": typed}),
        visitor.get("/", headers={"x-anything": typed}),
    ]
    assert {response.status_code for response in refusals} >= {403, 404, 405}
    for response in refusals:
        assert not found_in(response.content, str(response.headers)), response.status_code
    assert not found_in(watch.log.getvalue())


def test_a_failing_delivery_logs_and_stores_no_more_than_the_error_s_class(world, watch, monkeypatch):
    world.hand_in()

    def fails(*args, **kwargs):
        raise ConnectionError(f"550 no such person: {SIGN} <{marked.EMAIL}>")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
    referrals.deliver_outbox()
    failed = OutboxMessage.objects.get(kind="desk_notice")
    assert failed.last_error == "ConnectionError"
    assert "outbox.failed" in watch.log.getvalue()
    assert not found_in(watch.log.getvalue(), str(failed.__dict__))


def test_names_of_rows_say_nothing(world):
    """What stands in the admin, in a traceback or in a shell: identifiers."""
    case, _ = world.hand_in()
    referral = world.refer(case)
    application = Application.objects.get()
    rows = [
        Case.objects.get(), referral, referral.packet, case.person, application, *application.addenda.all(),
        *case.notes.all(), *case.person.consents.all(), *case.history.all(), *referral.history.all(),
        *case.person.index_entries.all(), *application.choices.all(),
    ]  # fmt: skip
    for row in rows:
        assert not found_in(str(row), repr(row)), type(row)
