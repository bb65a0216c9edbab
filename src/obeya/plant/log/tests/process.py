"""Another process of the plant, for tests that need one: python -m …process DATABASE WHAT …."""

import os
import sys
import threading

import django


def main(database: str, what: str, *arguments: str) -> None:
    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    WHAT[what](*arguments)


def work_and_die_inside() -> None:
    """A worker whose first reaction kills it with -9 after its effect was committed."""
    from obeya.plant.log import deliveries, rooms
    from obeya.plant.log.reactions import Reaction
    from obeya.plant.log.tests.probe import SitesNamed, answer_sites

    def mark_and_die(event, *, by, key):
        answer_sites(site_id=event.data["sites"][0], by=by, key=key)
        os.kill(os.getpid(), 9)

    reaction = Reaction(on=SitesNamed, do=mark_and_die, name="probe.mark")
    rooms.enter(rooms.Module(name="probe", title="Probe", reactions=[reaction]))
    deliveries.drain()


def run_and_die_inside() -> None:
    """A worker that is killed in the middle of a run."""
    from obeya.plant.log import rooms, runs

    def die(handle):
        handle.progress(1, 2, "half")
        os.kill(os.getpid(), 9)

    rooms.enter(rooms.Module(name="probe", title="Probe", runners={"probe.count": die}))
    runs.drain()


def send_signal(topic: str) -> None:
    from obeya.plant.log import signals

    signals.send(topic, {"from": "another process"})


def work_for_probe() -> None:
    """A worker with the probe's reaction, until it is told to end."""
    from obeya.plant.log import rooms
    from obeya.plant.log.reactions import Reaction
    from obeya.plant.log.tests.probe import SitesNamed, answer_sites
    from obeya.plant.log.worker import work

    def mark(event, *, by, key):
        answer_sites(site_id=event.data["sites"][0], by=by, key=key)

    reaction = Reaction(on=SitesNamed, do=mark, name="probe.mark")
    rooms.enter(rooms.Module(name="probe", title="Probe", reactions=[reaction]))
    stop = threading.Event()

    def stop_with_parent():
        sys.stdin.read()
        stop.set()

    threading.Thread(target=stop_with_parent, daemon=True).start()
    print("ready", flush=True)
    work(["fast"], stop)


def serve(ping_s: str, replay_chunk: str = "1000") -> None:
    """A web process; prints its port."""
    import socket

    import uvicorn

    from obeya.plant.log import rooms, stream

    stream.PING_S, stream.REPLAY_CHUNK = float(ping_s), int(replay_chunk)
    topic = rooms.Topic("plan", view="access.view", kinds=["log.number_series_saved"])
    rooms.enter(rooms.Module(name="probe", title="Probe", topics=[topic]))
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config("obeya.config.asgi:application", lifespan="off", log_level="warning")
    config.timeout_graceful_shutdown = 1
    uvicorn.Server(config).run(sockets=[listener])


def write_events(count: str, seed: str) -> None:
    """Raw writers as in design/kernel.md: 5 % slow, 5 % rolled back; ids commit out of order."""
    import random

    from django.db import connection

    chance = random.Random(seed)
    connection.ensure_connection()
    raw = connection.connection
    raw.autocommit = False
    sql = (
        "INSERT INTO log_operationsevent (kind, version, effective_at, recorded_at, actor_id,"
        " source, depth, payload) VALUES ('probe.sites_named', 1, now(), clock_timestamp(),"
        " (SELECT min(id) FROM log_account), 'page', 0, '{\"sites\":[]}')"
    )
    for _ in range(int(count)):
        with raw.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
            cursor.execute(sql)
            if chance.random() < 0.05:
                cursor.execute("SELECT pg_sleep(%s)", [chance.random() * 0.03])
        raw.rollback() if chance.random() < 0.05 else raw.commit()


WHAT = {
    each.__name__: each
    for each in (
        work_and_die_inside,
        run_and_die_inside,
        send_signal,
        work_for_probe,
        serve,
        write_events,
    )
}

if __name__ == "__main__":
    main(*sys.argv[1:])
