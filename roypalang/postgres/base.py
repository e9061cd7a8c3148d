"""Whether a kept connection still leads to a server is seen on its socket, not asked."""

import select

from django.db.backends.postgresql import base as postgresql


class DatabaseWrapper(postgresql.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Django sends SELECT 1 before the first statement of each page (CONN_HEALTH_CHECKS).

        A server that stops, is killed, or ends a connection closes the socket; so does a pooler. On one that is quiet
        there is nothing to learn: a machine that vanished without a word keeps SELECT 1 waiting as long as the page's
        own statement. Asked is where there is something to read, which may be the end, and after an error.
        """
        if self.connection is None or self.connection.closed or self.errors_occurred:
            return bool(super().is_usable())
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN)
        return not socket.poll(0) or bool(super().is_usable())
