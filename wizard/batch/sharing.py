"""Work of one command shared out among the processors; what is made comes back in its order.

Not by lanes: those wait for errands as long as a window or a batch lasts, and each reads the rules by itself.
Here the others begin with what the first share has read, where the system forks processes.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from signal import SIG_IGN, SIGINT, signal
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

SHARE = 64
"""So many at a time; with more than one share, starting more processes pays."""
_AT_ONCE = 3
"""How many shares a processor may be ahead: what is made is not piled up."""


def shared(work: Callable[[list[Given]], list[Made]], given: Iterable[Given]) -> Iterator[Made]:
    """What `work`, a function that can be pickled, makes of each."""
    rest = iter(given)
    shares = iter(lambda: list(islice(rest, SHARE)), [])
    yield from _made(work, next(shares, []))
    second = next(shares, [])
    workers = os.cpu_count() or 1
    if not second or workers == 1:
        yield from _made(work, second)
        for share in shares:
            yield from _made(work, share)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    # ^C is for this process, which ends the others
    with ProcessPoolExecutor(workers, initializer=signal, initargs=(SIGINT, SIG_IGN)) as pool:
        waiting: deque[Future[list[Made]]] = deque([pool.submit(_made, work, second)])
        for share in shares:
            waiting.append(pool.submit(_made, work, share))
            if len(waiting) > workers * _AT_ONCE:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _made(work: Callable[[list[Given]], list[Made]], share: list[Given]) -> list[Made]:
    with few_collections():
        return work(share)


@contextmanager
def few_collections() -> Iterator[None]:
    """While this lasts, garbage is looked for seldom: what the rules are read into stays."""
    often = gc.get_threshold()
    gc.set_threshold(50_000)
    try:
        yield
    finally:
        gc.set_threshold(*often)
