"""小程序: what is filed (applyIcpFiling, applets_info.base_info)."""

from dataclasses import dataclass
from typing import Annotated

from wizard import types as t
from wizard.fields import Answers, Ask
from wizard.sections.natures import NEW, NOT_CANCELLED

_KEPT = {"subject.filing_type": NOT_CANCELLED}


@dataclass(frozen=True, kw_only=True)
class PreApproval(Answers):
    """One 前置审批: which, its number, and the pictures of the document."""

    type: Annotated[t.PreApprovalType | None, Ask("审批项目", "不涉及就选“以上都不涉及”")] = None
    code: Annotated[t.ApprovalNumber | None, Ask("审批号", "批准文件上的编号", optional=True)] = None
    media: Annotated[t.Pictures | None, Ask("批准文件", "批准文件的彩色照片或扫描件", optional=True)] = None


PreApprovals = Annotated[tuple[PreApproval, ...], t.Rows(PreApproval)]


@dataclass(frozen=True, kw_only=True)
class MiniProgram(Answers):
    """The answers about the mini-program."""

    name: Annotated[
        t.ProgramName | None,
        Ask("小程序名称", "与小程序后台“设置-基本设置”里的名称一致，4–30 个字符，一个汉字算 2 个"),
    ] = None
    appid: Annotated[t.AppId | None, Ask("AppID", "后台“开发管理-开发设置”里的 AppID，wx 开头，共 18 位")] = (
        None
    )
    original_id: Annotated[
        t.OriginalId | None, Ask("原始 ID", "后台“设置-基本设置”里，gh_ 开头", optional=True)
    ] = None
    online_status: Annotated[
        t.OnlineStatus | None,
        Ask("是否已上架", "发布过、用户能搜到就是已上架", when={"subject.filing_type": NEW}),
    ] = None
    online_since: Annotated[
        t.CertificateDay | None,
        Ask(
            "上架日期",
            "第一次发布的日期，例如 2023-05-01",
            when={"subject.filing_type": NEW, "online_status": ("已上架",)},
        ),
    ] = None
    service_content_types: Annotated[
        t.ServiceContentTypes | None, Ask("服务内容类型", "选二级类型，最多 5 个，与实际功能一致", when=_KEPT)
    ] = None
    pre_approvals: Annotated[
        PreApprovals | None, Ask("前置审批", "不涉及也要选“以上都不涉及”", when=_KEPT)
    ] = None
    comment: Annotated[
        t.ProgramRemark | None,
        Ask("小程序备注", "20–200 字，写清楚给谁用、提供什么服务、不提供什么，审核主要看这里", when=_KEPT),
    ] = None
