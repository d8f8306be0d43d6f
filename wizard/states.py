"""The states of a filing with their words, in the order in which it goes through them."""

from collections.abc import Mapping
from typing import Final

STATES: Final[Mapping[str, str]] = {
    "filling": "填写中",
    "waiting": "等客户补资料",
    "ready": "可以提交",
    "preliminary_review": "平台初审",
    "sms_verification": "短信核验",
    "administration_review": "通管局审核",
    "rejected": "已驳回",
    "filed": "备案成功",
    "stopped": "已终止",
}
SET_BY_HAND: Final = ("waiting", "ready")
"""Those that a person gives a case; the others follow from what was noted of it."""
