"""A PDF of its own that is no packet of one case: the index of many, the figures."""

from datetime import datetime

from wizard.packet.flow import Flow
from wizard.packet.press import Imprint, press


def pressed(flow: Flow, title: str, subject: str, footer: str, made_at: datetime, program: str) -> bytes:
    """The pages of `flow` as a final file without pictures; `title` and `subject` are its properties."""
    imprint = Imprint(title, program, subject, program, footer, made_at, final=True)
    return press(flow.pages, flow.entries, imprint, {}, lambda _: None).data
