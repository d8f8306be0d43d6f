"""What a check may look at, and what it has to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from wizard.draft import Draft
from wizard.picture import PictureFacts
from wizard.reading import Filing, Reading
from wizard.sections import catalogue

NO_PICTURES: Mapping[str, PictureFacts] = MappingProxyType({})
_WITH_BIRTH = ("居民身份证", "港澳台居民居住证", "外国人永久居留身份证")


class Hit(NamedTuple):
    """That a rule applies: what fills its sentences, and the fields concerned where not all of the rule's.

    `words` are those found in a text; the sentences name them as ``{word}``.
    """

    values: Mapping[str, str | int] = {}
    fields: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class Case:
    """One draft on one day, as the checks see it: an answer that is not asked for does not exist."""

    draft: Draft
    reading: Reading
    on: date
    pictures: Mapping[str, PictureFacts]
    choices: dict[str, object] = field(init=False)
    values: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        asked = self.reading.asked
        self.choices = {id_: text if id_ in asked else "" for id_, text in self.reading.choices.items()}
        self.choices["subject.province"] = self.province
        self.values = {id_: value for id_ in asked if (value := self.filing.value(id_)) is not None}

    @property
    def filing(self) -> Filing:
        """The typed answers, those of a linked 小程序负责人 included."""
        return self.reading.filing

    @property
    def province(self) -> str:
        """The code of 备案省, empty while it is open."""
        return self.filing.subject.province or ""

    @property
    def day_of_submission(self) -> date:
        """The day the papers are judged by: that of submission where it is past, else today."""
        submitted = self.filing.progress.submitted_on
        return submitted if submitted and submitted < self.on else self.on

    @property
    def two_people(self) -> bool:
        """Whether 主体负责人 and 小程序负责人 are known to be two different people."""
        if self.choices.get("contact.same_as_principal") == "是":
            return False
        one, other = self.filing.principal, self.filing.contact
        if one.certificate_number and other.certificate_number:
            return one.certificate_number != other.certificate_number
        return bool(one.name and other.name and one.name != other.name)

    def value(self, field_id: str) -> Any:
        """The value of a field that is asked for; None where it is missing or unfit."""
        return self.values.get(field_id)

    def birth(self, field_id: str) -> date | None:
        """The birth date in a certificate number, where its kind carries one (numbers of 18 characters)."""
        number = self.value(field_id)
        kind = self.value(f"{field_id.partition('.')[0]}.certificate_type")
        if not number or len(number) != 18 or kind not in _WITH_BIRTH:
            return None
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def title(field_id: str) -> str:
    """The title of the section a field belongs to, such as 主体负责人."""
    return catalogue()[field_id].section.title


def label(field_id: str) -> str:
    """The label of a field, such as 手机号码."""
    return catalogue()[field_id].label


def whose(field_id: str) -> str:
    """«主体负责人的» where two people are asked the same, else nothing."""
    return f"{title(field_id)}的" if field_id.startswith(("principal.", "contact.")) else ""


def called(field_id: str) -> dict[str, str | int]:
    """What a sentence calls a field: `who` its section, `whose` the same where it is needed, `label`."""
    return {"who": title(field_id), "whose": whose(field_id), "label": label(field_id)}
