"""主体: who files. Labels follow the platform's form (applyIcpFiling, subject_info)."""

from dataclasses import dataclass
from typing import Annotated

from wizard import types as t
from wizard.fields import Answers, Ask
from wizard.sections.natures import FILED_ALREADY, INDIVIDUAL_BUSINESS, ORGANISATIONS, PERSON

_ORGANISATION = {"type": ORGANISATIONS}
_OTHER_PRINCIPAL = {"type": ORGANISATIONS, "principal.is_legal_person": ("否",)}


@dataclass(frozen=True, kw_only=True)
class Subject(Answers):
    """The answers about the subject of a filing."""

    filing_type: Annotated[t.FilingType | None, Ask("备案类型", "主体从没备过案选“新增备案(首次)”")] = None
    record_number: Annotated[
        t.IcpNumber | None,
        Ask("主体备案号", "例如 京ICP备2020012345号，不带“-1”", when={"filing_type": FILED_ALREADY}),
    ] = None
    type: Annotated[t.SubjectType | None, Ask("主体性质", "看证件的名称：营业执照是企业或个体工商户")] = None
    name: Annotated[
        t.OrganisationName | None,
        Ask(
            "主体名称",
            "与证件上的名称逐字一致，括号的全角半角也一样；个人填本人姓名",
            ocr="business_licence.name",
        ),
    ] = None
    province: Annotated[t.Province | None, Ask("备案省", "证件住所所在的省；个人填备案所在的省")] = None
    city: Annotated[t.City | None, Ask("备案市", "证件住所所在的市")] = None
    district: Annotated[t.District | None, Ask("备案区县", "证件住所所在的区县，开发区选真实的行政区")] = None
    certificate_type: Annotated[
        t.SubjectCertificateType | None, Ask("主体证件类型", "与主体性质对应的证件", when=_ORGANISATION)
    ] = None
    certificate_number: Annotated[
        t.SubjectCertificateNumber | None,
        Ask(
            "主体证件号码",
            "营业执照上的 18 位统一社会信用代码，例如 91110115MA01QFMA2Y",
            when=_ORGANISATION,
            ocr="business_licence.uscc",
        ),
    ] = None
    certificate_address: Annotated[
        t.Address | None,
        Ask(
            "证件住所",
            "照抄证件上的“住所”或“经营场所”，包括省市区",
            when=_ORGANISATION,
            ocr="business_licence.address",
        ),
    ] = None
    address: Annotated[
        t.Address | None,
        Ask("通讯地址", "从路名写起，写到门牌号；省市区已单独选择，这里不再写", private=True),
    ] = None
    certificate_validity_date_end: Annotated[
        t.CertificateDayOrLongTerm | None,
        Ask(
            "主体证件有效期止",
            "证件上的“营业期限”，例如 2039-06-05；没有写期限的填“长期”",
            when=_ORGANISATION,
            ocr="business_licence.term_to",
        ),
    ] = None
    business_scope: Annotated[
        t.Scope | None,
        Ask(
            "经营范围",
            "照抄执照，用来自检前置审批和写备注，不提交给平台",
            when=_ORGANISATION,
            optional=True,
            ocr="business_licence.business_scope",
        ),
    ] = None
    has_trade_name: Annotated[
        t.Have | None, Ask("有无字号", "执照“名称”一栏写了店名就是有", when={"type": INDIVIDUAL_BUSINESS})
    ] = None
    has_seal: Annotated[
        t.Have | None, Ask("有无公章", "有没有刻过带名称的公章", when={"type": INDIVIDUAL_BUSINESS})
    ] = None
    filed_count: Annotated[
        t.FiledCount | None,
        Ask("已备案小程序数量", "这个主体在微信已备案的小程序有几个，没有填 0", optional=True),
    ] = None
    comment: Annotated[
        t.Remark | None, Ask("主体备注", "需要向审核人员说明的，没有就空着", optional=True)
    ] = None
    legal_person_name: Annotated[
        t.PersonName | None,
        Ask(
            "法定代表人姓名",
            "营业执照上的法定代表人",
            when=_OTHER_PRINCIPAL,
            ocr="business_licence.legal_person",
        ),
    ] = None
    legal_person_certificate_number: Annotated[
        t.LegalPersonCertificateNumber | None,
        Ask("法定代表人证件号码", "法定代表人身份证上的 18 位号码", when=_OTHER_PRINCIPAL, private=True),
    ] = None
    certificate_photo: Annotated[
        t.Picture | None, Ask("主体证件照片", "原件彩色照片或扫描件，四角齐全", when=_ORGANISATION)
    ] = None
    residence_permit: Annotated[
        t.Pictures | None,
        Ask(
            "居住证明",
            "身份证不是备案省的个人：居住证、暂住证、社保证明、房产证之一",
            when={"type": PERSON},
            optional=True,
        ),
    ] = None
