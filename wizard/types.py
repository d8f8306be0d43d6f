"""The types of answers: each a plain mark in ``Annotated`` that judges one text alone (see `wizard.kind`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from wizard import districts, numbers
from wizard.catalogue import Item, code_set
from wizard.days import read_day
from wizard.kind import Kind
from wizard.problem import Problem, Verdict
from wizard.texts import clean, clean_lines, judge_organisation, judge_person, judge_program, judge_text


@dataclass(frozen=True, eq=False, repr=False)
class Line(Kind):
    """Free text: `least` to `most` characters, on one line unless `lines`."""

    name: str = "text"
    least: int = 1
    most: int = 200
    lines: bool = False

    def judge(self, text: str, on: date) -> tuple[Verdict, str]:
        """See `Kind.judge`."""
        cleaned = clean_lines(text) if self.lines else clean(text)
        return Verdict(cleaned, judge_text(cleaned, self.least, self.most)), cleaned


@dataclass(frozen=True, eq=False, repr=False)
class Name(Kind):
    """A name: of an organisation, a person or a mini-program, as `name` says."""

    name: str

    def judge(self, text: str, on: date) -> tuple[Verdict, str]:
        """See `Kind.judge`."""
        judges = {
            "organisation_name": judge_organisation,
            "person_name": judge_person,
            "program_name": judge_program,
        }
        verdict = judges[self.name](clean(text))
        return verdict, verdict.normalised


@dataclass(frozen=True, eq=False, repr=False)
class Number(Kind):
    """An identifier of one of the kinds in `wizard.numbers`."""

    name: str

    def judge(self, text: str, on: date) -> tuple[Verdict, str]:
        """See `Kind.judge`."""
        verdict = numbers.kind(self.name).validate(text, on)
        return verdict, verdict.normalised


@dataclass(frozen=True, eq=False, repr=False)
class Telephone(Kind):
    """A number that reaches a person: a mobile, or a landline with its area code."""

    name: str = "telephone"

    def chosen(self, text: str) -> Kind:
        """See `Kind.chosen`."""
        compact = numbers.kind("mobile").compact(text)
        mobile = compact.startswith("1") or (len(compact) == 11 and not compact.startswith("0"))
        return Number("mobile" if mobile else "landline")


@dataclass(frozen=True, eq=False, repr=False)
class PersonalNumber(Kind):
    """The number on a person's certificate whose type is not asked: recognised by its form."""

    name: str = "personal_number"

    def chosen(self, text: str) -> Kind:
        """See `Kind.chosen`."""
        compact = numbers.kind("ric").compact(text)
        if len(compact) in (15, 17, 18, 19):
            kind = "hmt_residence" if compact[:6] in ("810000", "820000", "830000") else "ric"
            return Number("foreign_pr" if compact.startswith("9") else kind)
        return Line(self.name, 5, 20)


@dataclass(frozen=True, eq=False, repr=False)
class NumberBy(Kind):
    """The number on a certificate: its kind hangs on the answer `by` of the same section.

    `code_set` names the kinds (fact ``number`` of each certificate type); `default` serves while the type
    is open.
    """

    by: str
    code_set: str
    default: str
    name: str = "certificate_number"

    def resolve(self, certificate_type: str) -> Kind:
        """The type that judges the number of such a certificate."""
        item = code_set(self.code_set).find(certificate_type) if certificate_type else None
        kind = item.facts["number"] if item else self.default
        return Number(kind) if kind else Line("certificate_number", 2, 40)


@dataclass(frozen=True, eq=False, repr=False)
class Day(Kind):
    """A date, written 2019-06-06, 2019.06.06, 2019年6月6日 or 20190606; `long_term` allows 长期."""

    name: str = "day"
    long_term: bool = False

    def judge(self, text: str, on: date) -> tuple[Verdict, date | None]:
        """See `Kind.judge`."""
        return read_day(clean(text), self.long_term)


@dataclass(frozen=True, eq=False, repr=False)
class Choice(Kind):
    """One entry of a code set; `narrowed_by` is the field whose choice names the entries that go with it."""

    code_set: str
    narrowed_by: str = ""
    name: str = "choice"

    def items(self) -> tuple[Item, ...]:
        """All entries there are."""
        return code_set(self.code_set).items

    def find(self, text: str) -> Item | None:
        """The entry that `text` names."""
        return code_set(self.code_set).find(text)

    def judge(self, text: str, on: date) -> tuple[Verdict, str | None]:
        """See `Kind.judge`."""
        item = self.find(text)
        if item is None:
            listed = "、".join(code_set(self.code_set).labels())
            problem = Problem("NOT_LISTED", values={"text": clean(text)[:20], "listed": listed})
            return Verdict(clean(text), (problem,)), None
        return Verdict(item.label), item.label


@dataclass(frozen=True, eq=False, repr=False)
class Place(Kind):
    """A province, city or district, by GB/T 2260 code or by name; the value is its code."""

    level: str
    within: str = ""
    parent: str = ""
    name: str = "place"

    def judge(self, text: str, on: date) -> tuple[Verdict, str | None]:
        """See `Kind.judge`; where `parent` is the code of a place, only what lies in it is found.

        A city without districts (东莞, 中山, 儋州, 嘉峪关) stands for its own district.
        """
        word = {"province": "省", "city": "市", "district": "区县"}[self.level]
        cleaned = clean(text)
        found = districts.named(cleaned, self.parent)
        if found is None and self.parent and not districts.children(self.parent):
            found = districts.named(cleaned)
            if found is not None and found.code == self.parent:
                return Verdict(found.name), found.code
        if found is None or found.level != self.level:
            elsewhere = self.parent and (districts.all_named(cleaned) or districts.find(cleaned))
            code = "NOT_WITHIN" if elsewhere else "NOT_LISTED"
            parent = districts.full_name(self.parent) if self.parent else ""
            values: dict[str, str | int] = {"text": cleaned[:20], "level": word, "parent": parent}
            return Verdict(cleaned, (Problem(code, values=values),)), None
        if not found.current:
            return Verdict(found.name, (Problem("HISTORIC", values={"text": found.name}),)), None
        return Verdict(found.name), found.code


@dataclass(frozen=True, eq=False, repr=False)
class Count(Kind):
    """A whole number from 0 to 9999."""

    name: str = "count"

    def judge(self, text: str, on: date) -> tuple[Verdict, int | None]:
        """See `Kind.judge`."""
        cleaned = clean(text)
        if not (0 < len(cleaned) <= 4 and all(c in "0123456789" for c in cleaned)):
            return Verdict(cleaned, (Problem("BAD_FORMAT"),)), None
        return Verdict(cleaned), int(cleaned)


@dataclass(frozen=True, eq=False, repr=False)
class Several(Kind):
    """A list of at most `most` entries of a code set that stays open: unlisted texts are kept."""

    code_set: str
    most: int
    name: str = "several"

    def items(self) -> tuple[Item, ...]:
        """All entries that are known."""
        return code_set(self.code_set).items

    def label_of(self, text: str) -> str:
        """The label of the entry `text` names, or the text as it is."""
        item = code_set(self.code_set).find(text)
        return item.label if item else clean(text)


@dataclass(frozen=True, eq=False, repr=False)
class Rows(Kind):
    """A list of rows, each an object of the dataclass `row`; a bare text stands for its field `first`."""

    row: type[Any]
    first: str = "type"
    name: str = "rows"


@dataclass(frozen=True, eq=False, repr=False)
class Papers(Kind):
    """Attached files, at most `most`, pictures only unless `video`."""

    most: int = 1
    video: bool = False
    name: str = "papers"


OrganisationName = Annotated[str, Name("organisation_name")]
PersonName = Annotated[str, Name("person_name")]
ProgramName = Annotated[str, Name("program_name")]
Address = Annotated[str, Line("address", 4, 200)]
Remark = Annotated[str, Line("remark", 1, 500, lines=True)]
ProgramRemark = Annotated[str, Line("program_remark", 20, 200, lines=True)]
Scope = Annotated[str, Line("scope", 1, 20000, lines=True)]
Mobile = Annotated[str, Number("mobile")]
EmergencyContact = Annotated[str, Telephone()]
Email = Annotated[str, Number("email")]
AppId = Annotated[str, Number("appid")]
OriginalId = Annotated[str, Number("original_id")]
IcpNumber = Annotated[str, Number("icp")]
SubjectCertificateNumber = Annotated[str, NumberBy("certificate_type", "certificate_types", "uscc")]
LegalPersonCertificateNumber = Annotated[str, PersonalNumber()]
PersonCertificateNumber = Annotated[str, NumberBy("certificate_type", "person_certificate_types", "ric")]
CertificateDay = Annotated[date, Day()]
CertificateDayOrLongTerm = Annotated[date, Day(long_term=True)]
SubjectType = Annotated[str, Choice("subject_types")]
FilingType = Annotated[str, Choice("filing_types")]
SubjectCertificateType = Annotated[str, Choice("certificate_types", "subject.type")]
PersonCertificateType = Annotated[str, Choice("person_certificate_types")]
YesNo = Annotated[str, Choice("yes_no")]
Have = Annotated[str, Choice("have")]
PreApprovalType = Annotated[str, Choice("pre_approvals")]
ApprovalNumber = Annotated[str, Line("approval_number", 2, 100)]
OnlineStatus = Annotated[str, Choice("online_status")]
Province = Annotated[str, Place("province")]
City = Annotated[str, Place("city", "province")]
District = Annotated[str, Place("district", "city")]
FiledCount = Annotated[int, Count()]
ServiceContentTypes = Annotated[tuple[str, ...], Several("service_content_types", 5)]
Picture = Annotated[tuple[str, ...], Papers()]
Pictures = Annotated[tuple[str, ...], Papers(10)]
Video = Annotated[tuple[str, ...], Papers(video=True)]
