"""The same at once, each on a connection of its own."""

import threading

from django.db import connection


def in_threads(work, arguments):
    """Run `work` once for each argument, all at once, each on its own connection."""
    results, gate = [], threading.Barrier(len(arguments))

    def one(argument):
        try:
            gate.wait()
            results.append(work(argument))
        except Exception as error:  # noqa: BLE001
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(argument,)) for argument in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
