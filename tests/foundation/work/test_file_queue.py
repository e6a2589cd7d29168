"""The queue in a folder: several processes at once, files half written, a worker killed again and again."""

import json
import os
import signal
import subprocess
import threading
from pathlib import Path
from queue import Empty

import pytest
from django.db import connections
from kombu import Connection

from demonstration.supervision import Process
from foundation import clock
from foundation.models import OutboxMessage
from foundation.work import file_queue
from tests.foundation.models import Line
from tests.processes import database_url, python_command, run_python, soon

EACH, PRODUCERS, READERS = 250, 3, 2
TRANSPORT = "foundation.work.file_queue:Transport"


@pytest.fixture
def options(tmp_path) -> dict[str, str]:
    file_queue.Transport.global_state.clear()  # of the folder of another test
    folders = {"data_folder_in": "messages", "data_folder_out": "messages", "control_folder": "control"}
    for folder in folders.values():
        (tmp_path / folder).mkdir(exist_ok=True)
    return {option: str(tmp_path / folder) for option, folder in folders.items()}


@pytest.fixture
def queue(options):
    with Connection(transport=TRANSPORT, transport_options=options) as connection:
        yield connection.SimpleQueue("work")


def messages(options) -> list[Path]:
    return sorted(Path(options["data_folder_in"]).iterdir())


def test_a_message_comes_once_and_leaves_no_file(queue, options):
    for number in range(3):
        queue.put({"number": number})
    assert [queue.get_nowait().payload["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        queue.get_nowait()
    queue.clear()
    assert messages(options) == []


@pytest.mark.parametrize("half", [b"", b'{"body": "eyJu', b"\x00\xff", b"[1, 2"])
def test_a_file_that_cannot_be_read_is_passed_over(queue, options, half):
    queue.put({"number": 1})
    (Path(options["data_folder_in"]) / "0000_broken.work.msg").write_bytes(half)
    assert queue.get_nowait().payload == {"number": 1}


def test_a_file_being_written_is_not_seen(queue, options):
    (Path(options["data_folder_in"]) / ".being-written.part").write_bytes(b'{"body"')
    with pytest.raises(Empty):
        queue.get_nowait()


def test_the_messages_of_another_queue_stay(queue, options):
    other = Path(options["data_folder_in"]) / "0_1.other.work.msg"
    other.write_bytes(b"{}")
    with pytest.raises(Empty):
        queue.get_nowait()
    assert other.exists()


@pytest.mark.parametrize("table", [b"", b"[[", b"{"])
def test_a_broken_table_of_exchanges_is_written_anew(queue, options, table):
    path = Path(options["control_folder"]) / "celery.exchange"
    path.write_bytes(table)
    channel = queue.channel
    assert channel.get_table("celery") == []
    channel._queue_bind("celery", "work", "", "work")
    assert [row.queue for row in channel.get_table("celery")] == ["work"]


def test_many_processes_binding_at_once_all_stand_in_the_table(options):
    """kombu empties the file before it locks it: a reader then finds no JSON, and bindings are lost."""

    def bind(number: int) -> None:
        with Connection(transport=TRANSPORT, transport_options=options) as connection:
            channel = connection.channel()
            for part in range(20):
                channel._queue_bind("celery", f"{number}.{part}", "", f"q{number}.{part}")
                channel.get_table("celery")

    threads = [threading.Thread(target=bind, args=[number]) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a binding waited a minute for the table's lock"
    rows = json.loads((Path(options["control_folder"]) / "celery.exchange").read_text())
    assert len({queue for _key, _pattern, queue in rows}) == 100


PRODUCE = """
    from kombu import Connection
    with Connection(transport={transport!r}, transport_options={options!r}) as connection:
        queue = connection.SimpleQueue("work")
        for number in range({each}):
            queue.put({{"number": number, "words": "x" * 4000}})
    """
CONSUME = """
    from kombu import Connection
    with Connection(transport={transport!r}, transport_options={options!r}) as connection:
        queue, quiet = connection.SimpleQueue("work"), 0
        while quiet < 60:
            try:
                message = queue.get_nowait()
                message.ack()
                print("got", message.payload["number"], flush=True)
                quiet = 0
            except queue.Empty:
                quiet += 1
                time.sleep(0.05)
    """


def test_three_producers_and_two_readers_lose_nothing_and_double_nothing(options):
    words = {"transport": TRANSPORT, "options": options, "each": EACH}
    readers = [_start(CONSUME.format(**words)) for _ in range(READERS)]
    producers = [_start(PRODUCE.format(**words)) for _ in range(PRODUCERS)]
    for producer in producers:
        assert producer.communicate(timeout=60) == ("", "")
    got = []
    for reader in readers:
        out, errors = reader.communicate(timeout=60)
        assert reader.returncode == 0, errors
        got += [line for line in out.splitlines() if line.startswith("got")]
    assert sorted(got) == sorted(f"got {number}" for number in range(EACH) for _ in range(PRODUCERS))


def _start(code: str) -> subprocess.Popen:
    command, environment = python_command(code)
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


WORKER = """
    from config import celery_app
    from foundation import tasks
    from tests.foundation.models import Line

    @outbox.handler("line")
    def handle(subject, message_id):
        Line.objects.create(text=subject)

    celery_app.worker_main(["--quiet", "worker", "--pool", "solo", "--loglevel", "critical"])
    """
PRODUCER = """
    from pathlib import Path
    from django.db import transaction
    number = 0
    until = time.monotonic() + 600  # should nobody be left to say that it is enough
    while not Path({enough!r}).exists() and time.monotonic() < until:
        with transaction.atomic():
            outbox.enqueue("line", subject=f"{name}:{{number}}")
        number += 1
        time.sleep(0.05)
    print(number)
    """


def waiting() -> int:
    return OutboxMessage.objects.filter(done_at=None).count()


def a_minute_later(surroundings: dict[str, str]) -> None:
    """What a killed worker had in hand is free again, and rung for by the sweep."""
    OutboxMessage.objects.filter(done_at=None).update(leased_until=None, swept_at=None, run_at=clock.now())
    connections.close_all()
    swept = run_python("print(outbox.sweep())", **surroundings)
    assert swept.returncode == 0, swept.stderr


def moves_on(done: int, *, or_ends: bool = False) -> bool:
    """Whether more comes to be done than ``done``; or, where that will do, nothing waits any more."""
    return soon(lambda: Line.objects.count() > done or (or_ends and not waiting()), seconds=60)


@pytest.mark.usefixtures("emptied")
def test_three_producers_and_a_worker_killed_again_and_again_leave_nothing_waiting(tmp_path):
    """On the embedded queue; SOAK_KILLS makes it last longer than in the suite. Slow machines only take longer."""
    kills = int(os.environ.get("SOAK_KILLS", "3"))
    connections.close_all()
    surroundings = {"DATABASE_URL": database_url(), "CELERY_BROKER_URL": "filesystem://", "SUITE_VAR": str(tmp_path)}
    command, environment = python_command(WORKER, **surroundings)
    worker = Process("worker", command, environment=environment)
    enough, producers = tmp_path / "enough", []
    for name in "abc":
        words, around = python_command(PRODUCER.format(name=name, enough=str(enough)), **surroundings)
        producers.append(subprocess.Popen(words, env=around, stdout=subprocess.PIPE, text=True))
    worker.start()
    try:
        for _kill in range(kills):
            assert moves_on(Line.objects.count()), "it is killed at its work, not while it starts"
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            worker.start()
        enough.touch()
        enqueued = sum(int(producer.communicate(timeout=60)[0]) for producer in producers)
        while waiting():
            done = Line.objects.count()
            a_minute_later(surroundings)
            assert moves_on(done, or_ends=True), f"{waiting()} stay, though rung for"
            soon(lambda: not waiting(), seconds=10)
        assert worker.returncode is None, "no file ended it"
    finally:
        enough.touch()
        worker.stop()
        worker.wait()
    assert enqueued > 100
    assert OutboxMessage.objects.filter(kind="line").count() == enqueued
    assert Line.objects.count() == enqueued, "each had its effect once"


def test_the_embedded_queue_is_this_one():
    assert Connection("filesystem://").get_transport_cls() is file_queue.Transport
