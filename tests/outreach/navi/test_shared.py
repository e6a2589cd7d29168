"""What is passed on holds entries only: no answers, no reasons, nothing about violence."""

import re
from urllib.parse import unquote

from hypothesis import given

from outreach.models import ProgrammeText
from outreach.navi import matching
from outreach.navi.content import shipped
from outreach.navi.questions import VIOLENCE
from tests.outreach.navi.strategies import WORRIES, answers
from tests.outreach.navi.test_matching import an_entry, find


def share_link(response) -> str:
    return response.context["share_url"]


def entries_of(link: str) -> list[str]:
    return unquote(link).partition("?e=")[2].split(",")


def test_a_shared_list_leads_to_the_same_entries_in_the_same_order(client, ask, directory):
    listed = ask("rent_unpaid", "vague_trouble")
    link = share_link(listed)
    assert entries_of(link) == ["C001", "H007", "N001"]
    page = client.get(link).content.decode()
    assert re.findall(r'<article[^>]* id="(\w+)"', page) == ["C001", "H007", "N001"]


def test_a_shared_entry_without_a_number_names_who_helps(client, directory):
    assert "まず さっぽろ見本センター に聞いてください" in client.get("/list/?e=N001,C001").content.decode()
    assert "まず よりそいホットライン に聞いてください" in client.get("/list/?e=N001").content.decode()


def test_a_shared_list_holds_no_answers_and_no_reasons(client, ask, directory):
    link = share_link(ask("rent_unpaid", "bad_feeling"))
    page = client.get(link).content.decode()
    assert "をえらんだので" not in page
    assert "家賃がはらえない」" not in page
    assert not set(re.findall(r"\w+", link)) & set(WORRIES)


def test_nothing_about_violence_is_passed_on(client, ask, directory):
    listed = ask("hit_at_home", "rent_unpaid")
    assert 'id="H004"' in listed.content.decode()
    assert "H004" not in share_link(listed)
    assert 'id="H004"' not in client.get("/list/?e=H004,N001").content.decode()


@given(answers)
def test_whatever_was_answered_the_link_holds_entries_and_none_about_violence(answers):
    entries = [an_entry(f"E{n}", need, sensitive=need in VIOLENCE) for n, need in enumerate(shipped().needs)]
    found = find(answers, *entries)
    about_violence = {entry.code for entry in entries if entry.needs & VIOLENCE}
    assert set(matching.shareable(found)) == {one.entry.code for one in found} - about_violence


def test_the_qr_code_is_a_drawing_of_the_link(client, ask, directory):
    listed = ask("rent_unpaid")
    assert listed.context["qr_url"] == "/list/qr.svg?e=" + ",".join(entries_of(share_link(listed)))
    drawing = client.get(listed.context["qr_url"])
    assert drawing["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<?xml")


def test_a_link_that_is_nonsense_gives_a_kind_page(client, directory):
    for link in (
        "/list/",
        "/list/?e=",
        "/list/?e=<script>,A;DROP",
        "/list/?e=Z99",
        "/list/?e=" + "N001," * 500,
    ):
        response = client.get(link)
        assert response.status_code == 200
        assert "<script>," not in response.content.decode()
    assert client.get("/list/qr.svg?e=<script>").status_code == 404


def test_entries_that_are_gone_are_said_to_be_gone(client, directory):
    page = client.get("/list/?e=N001,Z99").content.decode()
    assert "住居確保給付金" in page
    assert "もとの一覧より少なくなっています" in page


def test_a_correction_at_the_source_shows_in_old_links(client, ask, directory):
    link = share_link(ask("rent_unpaid"))
    ProgrammeText.objects.update(title="新しい名前の給付金")
    assert "新しい名前の給付金" in client.get(link).content.decode()
