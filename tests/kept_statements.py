"""What PostgreSQL has planned once stays planned, though each test is rolled back.

psycopg forgets every prepared statement of a connection when something is rolled back, for what was made in there may
be gone. On the site that is a page that failed; here it is each test, and each answer a test takes back: the two
statements that say who is asking, 1 ms of planning each, were planned again for nearly every page.
"""

from psycopg._preparing import PrepareManager


def keep_statements() -> None:
    """Let connections forget them only where something is dropped or altered."""
    discards = PrepareManager._should_discard

    def kept(self, prep, results):
        others = [result for result in results if result.command_status != b"ROLLBACK"]
        return discards(self, prep, others)

    PrepareManager._should_discard = kept
