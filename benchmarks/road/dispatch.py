"""The peers' dispatcher: python -m benchmarks.road.dispatch (celery|dramatiq) SECONDS_UNTIL_DUE NOW_ISO."""

import sys
import time
from datetime import datetime

from benchmarks.road import peer


def main(which: str, wait: str, now: str) -> None:
    if which == "celery":
        from benchmarks.road.celery_peer import deliver

        send = deliver.delay
    else:
        from benchmarks.road.dramatiq_peer import deliver

        send = deliver.send
    print("ready", flush=True)
    time.sleep(float(wait))
    while True:
        peer.dispatch(send, datetime.fromisoformat(now))
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
