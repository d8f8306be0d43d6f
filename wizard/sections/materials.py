"""补充材料: the other papers, by the names of applyIcpFiling (icp_materials)."""

from dataclasses import dataclass
from typing import Annotated

from wizard import types as t
from wizard.fields import Answers, Ask
from wizard.sections.natures import ORGANISATIONS

_ORGANISATION = {"subject.type": ORGANISATIONS}


@dataclass(frozen=True, kw_only=True)
class Materials(Answers):
    """The supporting papers beside certificates and letters of authority."""

    commitment_letter: Annotated[
        t.Picture | None,
        Ask("互联网信息服务承诺书", "多数省在平台上在线确认；要求上传的省才需要", optional=True),
    ] = None
    commitment_letter_date: Annotated[
        t.CertificateDay | None, Ask("承诺书签署日期", "承诺书落款的日期，提交前一个月以内", optional=True)
    ] = None
    business_name_change_letter: Annotated[
        t.Picture | None, Ask("主体更名函", "改过名称的单位才需要", when=_ORGANISATION, optional=True)
    ] = None
    party_building_confirmation_letter: Annotated[
        t.Picture | None, Ask("党建确认函", "新疆、西藏等地要求时才需要", optional=True)
    ] = None
    promise_video: Annotated[
        t.Video | None, Ask("承诺视频", "江苏要求：手持承诺书朗读的视频", optional=True)
    ] = None
    authenticity_responsibility_letter: Annotated[
        t.Picture | None, Ask("真实性责任告知书", "江苏要求：小程序负责人本人签名", optional=True)
    ] = None
    authenticity_commitment_letter: Annotated[
        t.Picture | None, Ask("小程序备案信息真实性承诺书", "江苏要求：小程序负责人本人签名", optional=True)
    ] = None
    website_construction_proposal: Annotated[
        t.Picture | None, Ask("小程序建设方案书", "通管局要求时才需要", optional=True)
    ] = None
    subject_other_materials: Annotated[
        t.Pictures | None, Ask("主体其他附件", "情况说明等，最多 10 个", optional=True)
    ] = None
    applets_other_materials: Annotated[
        t.Pictures | None, Ask("小程序其他附件", "不涉及前置审批承诺书、商标证等，最多 10 个", optional=True)
    ] = None
    holding_certificate_photo: Annotated[
        t.Picture | None, Ask("手持证件照", "通管局要求时才需要", optional=True)
    ] = None
