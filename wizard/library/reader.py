"""A second connection of an open library that only reads: what the list asks does not wait for saving."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from wizard.process.work import Cancelled, never

INTERRUPTED: Final = 9
_STEPS: Final = 20_000  # of SQLite's machine, a millisecond or two, between two looks at whether to stop


class Reader:
    """Opened at the first question, and again after `shut`; closed where it is shut or let go of.

    Each question sees what was saved when it begins. May be used from several threads, one at a time.
    """

    def __init__(self) -> None:
        self._gate = threading.RLock()
        self._connection: Any = None

    def read(
        self, connect: Callable[[], Any], sql: str, values: Sequence[Any], cancelled: Callable[[], bool]
    ) -> list[tuple[Any, ...]]:
        """Every row of a question, over what `connect` opens; raises what that raises, and as `rows_of`."""
        with self._gate:
            if self._connection is None:
                self._connection = connect()
            return rows_of(self._connection, sql, values, cancelled)

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Let the question under way end, close, and keep everybody out meanwhile."""
        with self._gate:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()
            yield


def rows_of(
    connection: Any, sql: str, values: Sequence[Any], cancelled: Callable[[], bool]
) -> list[tuple[Any, ...]]:
    """Every row of a question that is given up soon after `cancelled` says so.

    Raises:
        Cancelled: it did.
    """
    if cancelled is never:
        return connection.execute(sql, values).fetchall()  # type: ignore[no-any-return]
    if cancelled():
        raise Cancelled
    connection.set_progress_handler(cancelled, _STEPS)
    try:
        return connection.execute(sql, values).fetchall()  # type: ignore[no-any-return]
    except Exception as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == INTERRUPTED:
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
