"""One database's measurements: pages and submissions beside their floors, printed as one line of JSON.

Runs in a process of its own with `TSUNAGU_DEMO=1`; on PostgreSQL in a database made for it and dropped again.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

ROUNDS = 150
WARM_UP = 10
PLAINEST = "received"  # of the desk's tabs: a state and nothing else
CASES = int(os.environ.get("BENCH_CASES", "50000"))


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.ROOT_URLCONF = "bench.urls"
    settings.ALLOWED_HOSTS = ["*"]
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        result = _measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(json.dumps(result))


def _measure() -> dict[str, Any]:
    from django.core.management import call_command

    call_command("load_demo", stdout=sys.stderr)
    floor = _page("an empty view (floor)", *_visitor("/bench/empty/"))
    pages = [floor, *(_page(what, client, path) for what, client, path in _pages())]
    writes, volume = _writes(), _volume()
    tabs = _tabs()
    for page in [*pages, *volume]:
        page["ratio"] = page["median"] / floor["median"]
    return {"pages": pages, "writes": writes, "volume": volume, "tabs": tabs}


def _volume() -> list[dict[str, Any]]:
    """The desk's and a centre's lists and pages with many years of cases."""
    from django.db import connection

    from bench import volume
    from organisations.models import Member, Organisation
    from referrals.models import Case, Referral

    like = Case.objects.filter(status="delivered").select_related("desk").first()
    accepted = Referral.objects.filter(status="accepted", way="portal")
    referral = accepted.select_related("centre", "packet__data_key").first()
    others = Referral.objects.exclude(centre=referral.centre).values("centre")
    centres = [referral.centre, *Organisation.objects.filter(pk__in=others).order_by("pk")[:4]]
    worker = Member.objects.get(email="caseworker@example.jp")
    volume.load(CASES, desk=like.desk, centres=centres, by=worker, like=like, told_like=referral)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    case = Case.objects.filter(application__submission_key="volume-40").first()
    caseworker, packer = _member("caseworker@example.jp"), _member("packer@example.jp")
    counsellor = _member(referral.centre.role_grants.first().member.email)
    tabs = ("open", "all", "received", "to_hand_on", "awaiting", "returned", "elsewhere", "supplemented", "ended")
    return [
        *(_page(f"queue, tab {tab}", caseworker, f"/desk/?tab={tab}", rounds=20) for tab in tabs),
        _page("case page", caseworker, f"/desk/cases/{case.public_id}/", rounds=20),
        _page("parcels", packer, "/desk/packing/?tab=sent", rounds=20),
        _page("portal queue", counsellor, "/portal/", rounds=20),
    ]


def _tabs() -> list[dict[str, Any]]:
    """The capped count of each tab of the desk by itself, beside that of the plainest; needs the volume loaded."""
    from organisations.models import Member
    from referrals.desk.queue import TABS, counts

    worker = Member.objects.get(email="caseworker@example.jp")
    rows = []
    for tab in TABS:
        held = counts(worker, [tab])[tab.key]
        rows.append({"what": tab.key, "cases": str(held), "median": _median(partial(counts, worker, [tab]))})
    plainest = next(row["median"] for row in rows if row["what"] == PLAINEST)
    rows.append({"what": "all of them", "cases": "", "median": _median(lambda: counts(worker))})
    return [row | {"ratio": row["median"] / plainest} for row in rows]


def _median(run: Callable[[], Any]) -> float:
    return statistics.median(_timed(run, 20)) * 1000


def _visitor(path: str) -> tuple[Any, str]:
    from django.test import Client

    return Client(), path


def _member(email: str) -> Any:
    from django.test import Client

    from organisations.models import Member

    client = Client()
    client.force_login(Member.objects.get(email=email), backend="organisations.sign_in.signing_in.MemberBackend")
    return client


def _pages() -> list[tuple[str, Any, str]]:
    from referrals.models import Case, Referral

    case = Case.objects.filter(status="delivered").first()
    referral = Referral.objects.filter(status="accepted", way="portal").select_related("centre").first()
    visitor, _path = _visitor("")
    caseworker, manager = _member("caseworker@example.jp"), _member("manager@example.jp")
    counsellor = _member(referral.centre.role_grants.first().member.email)
    return [
        ("front page", visitor, "/"),
        ("navi: list of help, Sapporo, five worries", *_navi_list()),
        ("shared list", visitor, "/list/?e=N001,N003,H007"),
        ("queue of the desk", caseworker, "/desk/"),
        ("case page", caseworker, f"/desk/cases/{case.public_id}/"),
        ("portal queue", counsellor, "/portal/"),
        ("portal: packet", counsellor, f"/portal/{referral.public_id}/packet/"),
        ("report, seven months", manager, "/reports/?from=2021-12-01&to=2022-06-30"),
    ]


def _navi_list() -> tuple[Any, str]:
    """A visitor who has said where they live and ticked the first five worries, and the address of their list."""
    from django.test import Client

    from outreach.navi.content import shipped

    client = Client()
    worries = client.post("/navi/money/", {"typed": "札幌市中央区"})
    ticked = [worry.id for worry in shipped().worries[:5]]
    return client, client.post(worries.url, {"worry": ticked}).url


def _page(what: str, client: Any, path: str, *, rounds: int = ROUNDS) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    response = client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{what}: {path} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = len(queries)  # the log is emptied by the next request
    times = _timed(lambda: client.get(path), rounds)
    return {
        "what": what,
        "median": statistics.median(times) * 1000,
        "p95": statistics.quantiles(times, n=20)[18] * 1000,
        "queries": asked,
        "kilobytes": len(response.content) / 1024,
    }


def _timed(run: Callable[[], Any], rounds: int = ROUNDS) -> list[float]:
    for _round in range(min(WARM_UP, rounds // 4)):
        run()
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return times


def _writes() -> list[dict[str, Any]]:
    """Submissions a second through the verb, beside a bare view that inserts one row."""
    from itertools import count

    from django.test import Client

    from foundation import access
    from outreach.application.submission import submit_application
    from tests.factories.applications import StatementFactory

    client, numbers = Client(), count()

    def submit() -> None:
        number = next(numbers)
        with access.scope(actor="bench", purpose="bench"):
            submit_application(
                statement=StatementFactory(), submission_key=f"bench-{number}", page_secret=f"bench-{number}"
            )

    bare = 1 / statistics.median(_timed(lambda: client.post("/bench/insert/")))
    whole = 1 / statistics.median(_timed(submit))
    return [
        {"what": "a bare view that inserts one row (floor)", "rate": bare, "ratio": 1.0},
        {
            "what": "submit_application: person, case, consent, history, outbox",
            "rate": whole,
            "ratio": bare / whole,
        },
    ]


if __name__ == "__main__":
    main()
