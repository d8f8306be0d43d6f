"""办理进度: what became of the filing after it was handed in."""

from dataclasses import dataclass
from typing import Annotated

from wizard import types as t
from wizard.fields import Answers, Ask


@dataclass(frozen=True, kw_only=True)
class Progress(Answers):
    """Dates and numbers that come after submission."""

    submitted_on: Annotated[
        t.CertificateDay | None, Ask("提交日期", "在平台点“提交”的日期", optional=True)
    ] = None
    subject_icp_number: Annotated[
        t.IcpNumber | None, Ask("下发的主体备案号", "例如 京ICP备2026012345号", optional=True)
    ] = None
    service_icp_number: Annotated[
        t.IcpNumber | None, Ask("下发的小程序备案号", "例如 京ICP备2026012345号-1X", optional=True)
    ] = None
