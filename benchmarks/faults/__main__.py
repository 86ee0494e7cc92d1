"""python -m benchmarks.faults [KILLS] [SEED] [MINUTES]: two schedulers, two consumers and two bots, as `dondoc` runs them, on
PostgreSQL and RabbitMQ, with the sandbox for Telegram and Zalo and a TCP proxy before each of the three.

Working days pass; real ticks raise digests; people answer /done. All the while processes die by kill -9 at a random
named step or moment, and servers, network, vendor and clock have their troubles. Then everything may finish, and the
sandbox's ledger is compared with the database, and with what the same town is told when nothing goes wrong.
"""

import random
import signal
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.faults import town, verdict
from benchmarks.faults.network import Network
from benchmarks.faults.play import ROLES, DurablePostgres, Play, attempt, open_sandbox, until
from benchmarks.faults.troubles import Busy, next_trouble
from models.database import Database
from tests import road, servers

KILLS_A_DAY = 40
LEAST_SECONDS = 20.0
LONGEST_DAY = 300.0
LONGEST_FINISH = 900.0


def main(kills: int = 1000, seed: int = 0, minutes: int = 600) -> None:
    """Run, then print the report; exits 1 when an invariant is broken."""
    random.seed(seed or None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    days = town.working_days(max(4, kills // KILLS_A_DAY + 1))
    postgres, rabbitmq = DurablePostgres(durable=True), servers.RabbitMQ()
    postgres.start()
    rabbitmq.start()
    port = servers.free_port()
    sandbox = open_sandbox(port)
    network = Network(postgres=postgres.port, rabbitmq=rabbitmq.port, vendor=port)
    with tempfile.TemporaryDirectory(prefix="dondoc-faults-") as folder:
        database = Database(postgres.url())
        folk = town.settle(database, days)
        play = Play(Path(folder), postgres, rabbitmq, town.Messenger(port), network, database, folk)
        try:
            town.connect(database, folk, play.messenger)
            began = time.time()
            try:
                storm(play, days, kills, time.monotonic() + minutes * 60)
            except TimeoutError as error:
                play.faults[f"BROKEN OFF: {error}"] += 1
            finished = finish(play)
            peace = town.expected(play.folder, days, play.days)
            ok = verdict.report(play, peace, began, finished)
        finally:
            play.close()
            print((play.folder / "roles.log").read_text(errors="replace")[-3000:], file=sys.stderr)
            database.close()
            network.close()
            sandbox.kill()
            sandbox.wait()
            rabbitmq.remove()
            postgres.remove()
    sys.exit(0 if ok else 1)


def storm(play: Play, days: list[date], kills: int, latest: float) -> None:
    """Day after day until enough have died, or it is late."""
    play.move_to(town.at(days[0]))
    for name in ROLES:
        play.start(name)
    for number, day in enumerate(days, 1):
        if time.monotonic() > latest:
            return
        play.days.append(day)
        if number > 1:
            play.move_to(town.at(day))
        live(play, day, kills * number // len(days))
        print(
            f"{day} kills {play.killed} said {len(play.said)} faults {play.faults.total()}", file=sys.stderr, flush=True
        )


def live(play: Play, day: date, kills: int) -> None:
    """One day, until so many have died in all and its steps are planned: a day without any scheduler is another story."""
    end, next_kill, next_one, next_word, next_look = (time.monotonic() + wait for wait in (LEAST_SECONDS, 0.5, 5, 1, 5))
    latest = end + LONGEST_DAY
    while True:
        time.sleep(0.05)
        now = time.monotonic()
        over = play.killed >= kills and now > end
        play.reap()
        play.do_due()
        if over and now > next_look:
            if play.planned_up():
                return
            next_look = now + 1
        if now > latest:
            raise TimeoutError(f"nobody finds what is due on {day}")
        if now > next_word:
            play.say_done(day)
            next_word = time.monotonic() + random.uniform(0.3, 1.5)
        if now > next_kill:
            play.kill_one(but="scheduler" if over else "")
            next_kill = time.monotonic() + random.uniform(0.4, 2.0)
        if now > next_one and not over:
            next_trouble(play)
            next_one = time.monotonic() + random.uniform(6, 20)


def finish(play: Play) -> verdict.Finished:
    """No more faults: claims run out, what was lost is forwarded again, until nothing is left under way."""
    play.do_due(at_once=True)
    Busy.join()
    play.messenger.delete("/faults")
    for pid in list(play.alive):
        play.alive[pid] = (play.alive[pid][0], "at random")
        verdict.kill(pid)
    until(lambda: play.reap(fused=False) is None and len(play.alive) == len(ROLES), "the roles do not start")
    began, waits = time.time(), verdict.built_in(play)
    done = road.all_done(play.database)
    while not (attempt(done) and attempt(play.all_answered)) and time.time() - began < LONGEST_FINISH:
        time.sleep(0.5)
        play.reap(fused=False)
        play.move_to_next_due()
    return verdict.Finished(time.time() - began, waits)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
