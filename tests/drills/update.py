"""`python -m tests.drills.update`: from the last version with a number to this checkout, while people write.

The old code serves, the new one's migrations run, the old one goes on for a while on the new tables, then the new one takes
over. Nothing fails, nothing is lost. Needs the whole history of the checkout; `tests/migrations/test_said_before.py`
does without. On a machine of the recipe, by its own script: `failures update`.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.drills import loopback
from tests.drills.here import Here
from tests.drills.loopback import CHECKOUT, Loopback
from tests.drills.watching import none
from tests.drills.writers import Crowd
from tests.migrations.record import released, take_out


def main() -> None:
    """The update, once."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--version", default="", help="from this one, not from the last")
    options = parser.parse_args()
    if missing := loopback.missing():
        sys.exit(missing)
    commit = released(options.version)
    with tempfile.TemporaryDirectory(prefix="roypalang-update-") as folder:
        old, current = Path(folder) / "old", Path(folder) / "current"
        take_out(commit, old)
        current.symlink_to(old)
        with Loopback(Path(folder), code=current) as place:
            place.start()
            here = Here(place)

            def act(_crowd: Crowd) -> None:
                began = time.monotonic()
                place.manage("migrate", "--verbosity", "0", code=CHECKOUT)
                print(f"         migrated in {time.monotonic() - began:.1f} s", flush=True)
                time.sleep(10)
                place.manage("collectstatic", "--noinput", "--verbosity", "0", code=CHECKOUT)
                beside = current.with_name("next")
                beside.symlink_to(CHECKOUT)
                beside.rename(current)
                place.load_anew()
                time.sleep(15)

            here.writing("update", act, failures=none)
            # So it is the new one that serves.
            kept = here.sql("SELECT count(*) FROM django_migrations")
            place.manage("migrate", "--check", "--verbosity", "0", code=CHECKOUT)
            print(f"         {kept} migrations, served by {place.served_from()}", flush=True)
            here.demand(place.served_from() == str(CHECKOUT), "the old code still serves")
    print("\n".join(here.faults) or "All of it held.")
    sys.exit(bool(here.faults))


if __name__ == "__main__":
    main()
