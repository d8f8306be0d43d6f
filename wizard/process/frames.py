"""What goes through the pipe between the program and its worker: a JSON head and some bytes, never an object.

Nothing is unpickled: the worker has touched hostile files, and what comes from it is only looked at.
"""

import json
import struct
from typing import Any, BinaryIO

_HEAD = struct.Struct(">II")
MOST_TEXT = 64 * 1024 * 1024
MOST_BYTES = 512 * 1024 * 1024


class BrokenFrame(Exception):
    """The other side ended, or sent what is no frame."""


def send(stream: BinaryIO, head: dict[str, Any], body: bytes | memoryview = b"") -> None:
    """Write one frame.

    Raises:
        OSError: the other side is gone.
    """
    text = json.dumps(head).encode("ascii")
    stream.write(_HEAD.pack(len(text), len(body)) + text)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read one frame.

    Raises:
        BrokenFrame: the stream ended, or what it holds is no frame.
    """
    try:
        text_size, body_size = _HEAD.unpack(_exactly(stream, _HEAD.size))
        if text_size > MOST_TEXT or body_size > MOST_BYTES:
            raise BrokenFrame
        head = json.loads(_exactly(stream, text_size))
        body = _exactly(stream, body_size)
    except (OSError, ValueError, RecursionError) as error:
        raise BrokenFrame from error
    if not isinstance(head, dict):
        raise BrokenFrame
    return head, body


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise BrokenFrame
    return data
