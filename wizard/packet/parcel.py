"""A snapshot on its way to the packet's own process, and there. Only this program packs what it opens."""

import json
import pickle
from dataclasses import replace

from wizard.packet.options import Options
from wizard.packet.snapshot import Snapshot


def pack(snapshot: Snapshot, options: Options) -> bytes:
    """All of it in one piece. What the draft's file held beside a draft goes as JSON, however deep it is."""
    bare = replace(snapshot, draft=replace(snapshot.draft, rest={}))
    return pickle.dumps((bare, json.dumps(dict(snapshot.draft.rest)), options))


def unpack(parcel: bytes) -> tuple[Snapshot, Options]:
    """What `pack` was given."""
    bare, rest, options = pickle.loads(parcel)  # noqa: S301 - it comes from us, through our own pipe
    return replace(bare, draft=replace(bare.draft, rest=json.loads(rest))), options
