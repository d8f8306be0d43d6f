"""What it takes to be a type of answers: to judge one text alone and turn it into a value.

A draft is judged by `Kind.judge` itself; pydantic builds models and adapters from the same marks for whoever
asks for them, and is not imported before that: it takes longer to import than everything the program does
with a draft.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from wizard.problem import Verdict

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(slots=True)
class Judging:
    """What an answer is judged with, and what came of it: the validation context handed to pydantic."""

    on: date
    verdict: Verdict = field(default_factory=lambda: Verdict(""))


class Kind:
    """How one answer is judged. `name` is the table of its sentences in `resources/messages/`."""

    name: str = "text"

    def chosen(self, text: str) -> Kind:
        """The type that `text` is really judged by, where its form decides."""
        return self

    def judge(self, text: str, on: date) -> tuple[Verdict, Any]:
        """The verdict on `text` as of the day `on`, and the value it stands for (None when unfit)."""
        return self.chosen(text).judge(text, on)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic judge by `judge`; the context must be a `Judging`."""
        from pydantic_core import PydanticCustomError, core_schema

        def answer(text: Any, info: core_schema.ValidationInfo[Judging]) -> Any:
            info.context.verdict, value = self.judge(text, info.context.on)
            if not info.context.verdict.valid:
                raise PydanticCustomError("answer", "{reason}", {"reason": info.context.verdict.reason})
            return value

        return core_schema.with_info_plain_validator_function(answer)
