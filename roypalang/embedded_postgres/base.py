"""The engine for PostgreSQL, which starts our own server when a connection finds none."""

from typing import Any

from django.utils.asyncio import async_unsafe

from roypalang.embedded_postgres.programs import ServerError
from roypalang.embedded_postgres.server import USER, Server
from roypalang.postgres import base as postgres


class DatabaseWrapper(postgres.DatabaseWrapper):
    """Reaches the embedded server over its private socket; there is no TCP port."""

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        self.server = Server()
        place = {"USER": USER, "HOST": str(self.server.socket_directory), "PORT": ""}
        super().__init__({**settings_dict, **place}, *args, **kwargs)

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connects first and asks later: with the server up, this costs two looks at the disk."""
        try:
            if self.server.seems_up():
                try:
                    return super().get_new_connection(conn_params)
                except self.Database.OperationalError:
                    pass  # gone, starting or recovering; or an error the next attempt repeats
            self.server.ensure()
        except ServerError as error:
            raise self.Database.OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
