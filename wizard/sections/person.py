"""主体负责人 and 小程序负责人: one class, used twice (applyIcpFiling, principal_info)."""

from dataclasses import dataclass
from typing import Annotated

from wizard import types as t
from wizard.fields import Answers, Ask
from wizard.sections.natures import ORGANISATIONS

_ORGANISATION = {"subject.type": ORGANISATIONS}
_NOT_LEGAL = {"subject.type": ORGANISATIONS, "is_legal_person": ("否",)}


@dataclass(frozen=True, kw_only=True)
class Person(Answers):
    """The answers about one responsible person."""

    is_legal_person: Annotated[
        t.YesNo | None, Ask("是否法定代表人", "个体工商户的经营者也选“是”", when=_ORGANISATION)
    ] = None
    name: Annotated[t.PersonName | None, Ask("姓名", "与证件上的姓名一致", ocr="identity_card.name")] = None
    certificate_type: Annotated[t.PersonCertificateType | None, Ask("证件类型", "内地居民选居民身份证")] = (
        None
    )
    certificate_number: Annotated[
        t.PersonCertificateNumber | None,
        Ask("证件号码", "身份证人像面最下面的 18 位号码", ocr="identity_card.id_number", private=True),
    ] = None
    certificate_validity_date_start: Annotated[
        t.CertificateDay | None,
        Ask("证件有效期起", "身份证国徽面，例如 2019.06.06", ocr="identity_card.valid_from"),
    ] = None
    certificate_validity_date_end: Annotated[
        t.CertificateDayOrLongTerm | None,
        Ask("证件有效期止", "身份证国徽面，例如 2039.06.06 或“长期”", ocr="identity_card.valid_to"),
    ] = None
    mobile: Annotated[
        t.Mobile | None, Ask("手机号码", "11 位，本人在用；审核电话和 12381 短信都打到这个号码", private=True)
    ] = None
    emergency_contact: Annotated[
        t.EmergencyContact | None,
        Ask("应急联系方式", "能找到本人的另一个号码，手机或带区号的座机", private=True),
    ] = None
    email: Annotated[t.Email | None, Ask("电子邮箱", "例如 name@example.com", private=True)] = None
    certificate_photo_front: Annotated[t.Picture | None, Ask("证件正面", "身份证有头像的一面")] = None
    certificate_photo_back: Annotated[t.Picture | None, Ask("证件反面", "身份证有国徽的一面")] = None
    authorization_letter: Annotated[
        t.Picture | None, Ask("授权书", "法定代表人签名、加盖公章的授权书", when=_NOT_LEGAL)
    ] = None
    authorization_letter_date: Annotated[
        t.CertificateDay | None, Ask("授权书签署日期", "授权书落款的日期", when=_NOT_LEGAL)
    ] = None


@dataclass(frozen=True, kw_only=True)
class ContactRole(Answers):
    """What is asked of the 小程序负责人 alone."""

    same_as_principal: Annotated[
        t.YesNo | None,
        Ask("与主体负责人相同", "选“是”就不用再填一遍，主体负责人改了这里也跟着改", optional=True),
    ] = None
    is_administrator: Annotated[
        t.YesNo | None, Ask("是否小程序管理员", "平台要求小程序负责人就是小程序的管理员，人脸核身由本人做")
    ] = None


@dataclass(frozen=True, kw_only=True)
class Contact(Person, ContactRole):
    """The answers about the 小程序负责人."""
