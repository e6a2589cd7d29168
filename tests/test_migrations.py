"""Migrations: they can go back, import no live code, and match the models."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from outreach.application.addenda import add_addendum
from referrals import notes
from referrals.handoff import consents, replies, sending, voiding
from referrals.models import Case, Referral
from tests.factories.cases import advance, case, consent, fresh, referral, town
from tests.factories.referrals import handed_off

FLOORS = ("foundation", "organisations", "outreach", "referrals", "reports")


@pytest.fixture
def forward_again():
    """However a test ends, the next one finds the tables of today."""
    yield
    applied = MigrationRecorder(connection).applied_migrations()
    if any((path.parts[-3], path.stem) not in applied for path in _files()):
        call_command("migrate", verbosity=0)


def _files() -> list[Path]:
    return [path for floor in FLOORS for path in Path(settings.BASE_DIR, floor).glob("migrations/0*.py")]


@pytest.mark.parametrize("path", _files(), ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_a_migration_imports_django_and_nothing_of_this_house(path):
    imported = {
        name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert {name.partition(".")[0] for name in imported} <= {"django", "datetime", "uuid"}


@pytest.mark.django_db
def test_the_models_hold_nothing_that_no_migration_makes():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_can_be_taken_back():
    loader = MigrationLoader(None)
    one_way = [
        f"{key[0]}.{key[1]}: {operation}"
        for key, migration in loader.disk_migrations.items()
        if key[0] in FLOORS
        for operation in migration.operations
        if not operation.reversible
    ]
    assert one_way == []


@pytest.mark.django_db(transaction=True)
def test_the_last_floor_can_be_taken_down_and_built_again():
    call_command("migrate", "referrals", "zero", verbosity=0)
    try:
        assert "referrals_case" not in connection.introspection.table_names()
    finally:
        call_command("migrate", verbosity=0)
    assert "referrals_case" in connection.introspection.table_names()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("forward_again")
class TestWhoWasToldOfAWithdrawal:
    """Telling a centre had shared its mark with following up; both ways keep who told it, and when."""

    BEFORE = "0006"

    @pytest.fixture
    def told(self, reading):
        sent = referral(town(), status="revoked")
        replies.record_told(referral=sent, note="x", by=sent.created_by, seen=sent.version)
        return Referral.objects.get(pk=sent.pk)

    def test_there_and_back(self, told):
        call_command("migrate", "referrals", self.BEFORE, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT followed_up_at IS NOT NULL, followed_up_by_id FROM referrals_referral")
            assert [(bool(at), by) for at, by in cursor.fetchall()] == [(True, told.told_by_id)]
        call_command("migrate", verbosity=0)
        again = Referral.objects.get(pk=told.pk)
        assert (again.told_at, again.told_by_id) == (told.told_at, told.told_by_id)
        assert (again.followed_up_at, again.followed_up_by_id) == (None, None)
        assert again.withdrawn_at == told.history.get(to_status="revoked").at

    def test_going_back_is_refused_once_somebody_withdrew_from_what_was_over(self, reading):
        sent = referral(town(), status="closed")
        consents.withdraw_consent(case=sent.case, recipient=sent.centre, channel="web")
        with pytest.raises(RuntimeError, match="withdrew after"):
            call_command("migrate", "referrals", self.BEFORE, verbosity=0)
        assert Referral.objects.to_be_told().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("forward_again")
class TestWithdrawnWhenItWasOver:
    """An earlier version closed nothing that was over; what the centre holds of it is closed, and told, since."""

    def read(self, place, way, status):
        sent = referral(place, status=status) if way == "telephone" else handed_off(to=status)
        [withdrawn] = consents.withdraw_consent(case=sent.case, recipient=sent.centre, channel="web")[:1]
        return sent, withdrawn.at

    def unopened(self):
        sent = handed_off(to="expired")
        consents.withdraw_consent(case=sent.case, recipient=sent.centre, channel="web")
        return sent

    def agreed_anew(self, place):
        """Withdrawn before it was sent."""
        found = case(consenting=place.centre)
        consents.withdraw_consent(case=found, recipient=place.centre, channel="web")
        consent(fresh(found), place.centre, by=place.caseworker)
        facts = {"centre": place.centre, "way": "telephone", "by": place.caseworker, "seen": fresh(found).version}
        sent = sending.send(case=fresh(found), **facts)
        replies.record_reply(referral=sent, to="declined", reason="full", by=place.caseworker, seen=sent.version)
        return sent

    def test_what_the_centre_has_read_is_closed_and_to_be_told_and_nothing_else(self, reading):
        """As the version before left them, all brought up to date at once."""
        place = town()
        read = [self.read(place, way, status) for way in ("telephone", "portal") for status in ("closed", "declined")]
        others = self.unopened(), self.agreed_anew(place)
        Referral.objects.update(withdrawn_at=None, must_be_told=False)
        call_command("migrate", "referrals", "0007", verbosity=0)
        call_command("migrate", verbosity=0)
        for sent, withdrawn_at in read:
            again = Referral.objects.get(pk=sent.pk)
            assert again.withdrawn_at == withdrawn_at
            assert again.is_to_be_told
        assert set(Referral.objects.to_be_told()) == {sent for sent, _at in read}
        for sent in others:
            again = Referral.objects.get(pk=sent.pk)
            assert (again.withdrawn_at, again.must_be_told) == (None, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("forward_again")
class TestStatesThatWereNotThereBefore:
    """No earlier state says the same: of the wrong centre, "revoked" would tell the person that they withdrew."""

    BEFORE = "0004"

    def as_sealed_before(self):
        """Rows that were sealed under their names refuse to go back on their own account."""
        with connection.cursor() as cursor:
            for kind in ("casenote", "casetransition", "packet", "parceltransition", "referraltransition"):
                cursor.execute(f"UPDATE referrals_{kind} SET sealed_as = NULL")

    @pytest.mark.parametrize("status", ["on_hold", "entered_in_error"])
    def test_going_back_is_refused_and_changes_nothing(self, reading, status):
        sent = referral(town(), status=status)
        self.as_sealed_before()
        with pytest.raises(RuntimeError, match=f"1 {status}"):
            call_command("migrate", "referrals", self.BEFORE, verbosity=0)
        call_command("migrate", verbosity=0)
        again = Referral.objects.get(pk=sent.pk)
        kept = ("status", "on_hold_until", "must_be_told", "version")
        assert [getattr(again, name) for name in kept] == [getattr(sent, name) for name in kept]

    def test_a_hold_that_is_over_goes_back_and_forth(self, reading):
        place = town()
        sent = referral(place, status="on_hold")
        replies.record_reply(referral=sent, to="closed", outcome="moved", by=place.caseworker, seen=sent.version)
        self.as_sealed_before()
        call_command("migrate", "referrals", self.BEFORE, verbosity=0)
        call_command("migrate", verbosity=0)
        assert Referral.objects.get(pk=sent.pk).status == "closed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("forward_again")
class TestEndsThatWereNotThereBefore:
    """The version before knows no end without a result, and would read what is taken back as a withdrawal."""

    def refuses(self, before, said):
        with pytest.raises(RuntimeError, match=said):
            call_command("migrate", "referrals", before, verbosity=0)
        call_command("migrate", verbosity=0)

    def test_what_was_handed_over_stays(self, reading):
        sent = referral(town(), status="handed_over", hear_result=False)
        self.refuses("0013", "1 handed_over")
        assert Referral.objects.get(pk=sent.pk).status == "handed_over"

    def test_what_was_taken_back_in_the_ledger_stays(self, reading):
        place = town()
        found = referral(place).case
        seen = consents.length(found.person)
        voiding.void(case=found, number=0, why="x", by=place.caseworker, seen=seen)
        self.refuses("0015", "recorded in error")
        assert not found.person.consents.live().exists()

    def test_nothing_of_it_there_it_goes_back_and_forth(self, reading):
        sent = referral(town(), status="closed")
        call_command("migrate", "referrals", "0013", verbosity=0)
        call_command("migrate", verbosity=0)
        assert Referral.objects.get(pk=sent.pk).status == "closed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("forward_again")
class TestWhatWasReadOfTheAddenda:
    """What was read had been told from the times of notes and steps; each case keeps the newest it was told of."""

    def test_is_kept_and_what_nobody_looked_at_stays_unread(self, reading):
        by = town().caseworker
        noted, decided, fresh_still = case(), case(), case()
        added = [add_addendum(application=one.application, own_words="x") for one in (noted, decided, fresh_still)]
        notes.write_note(case=noted, text="読んだ", by=by)
        advance(decided, "approved", by=by)
        later = add_addendum(application=noted.application, own_words="y")
        call_command("migrate", "referrals", "0010", verbosity=0)
        call_command("migrate", verbosity=0)
        assert later.pk > added[0].pk
        read = [Case.objects.get(pk=one.pk).addenda_read for one in (noted, decided, fresh_still)]
        assert read == [added[0].pk, added[1].pk, 0]
