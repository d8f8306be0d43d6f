"""Which pages there are and which fields stand on each, worked out from the catalogue.

The catalogue is asked only when a page is built: the window is painted before.
"""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wizard.fields import Field


class PageInfo(NamedTuple):
    """One page: its id, the title in the step list, and a line under the heading."""

    id: str
    title: str
    hint: str


PAGES: tuple[PageInfo, ...] = (
    PageInfo("subject", "主体", "谁来备案。照营业执照或证件填写，字和括号都要一样。"),
    PageInfo("principal", "主体负责人", "单位一般是法定代表人，个体工商户是经营者，个人就是本人。"),
    PageInfo("mini_program", "小程序", "名称和 AppID 在小程序后台“设置-基本设置”里看。"),
    PageInfo("contact", "小程序负责人", "管理这个小程序的人，要与小程序管理员是同一个人，由本人做人脸核身。"),
    PageInfo(
        "papers",
        "证件与附件",
        "原件的彩色照片或扫描件，不小于 720×1280；超过 2 MB 的，导出时自动缩小。可以拖进来，也可以粘贴。",
    ),
    PageInfo("check", "自检", "初筛，不代表审核结果。"),
    PageInfo("export", "核对与导出", "逐项核对，然后导出材料包。"),
)
FORM_PAGES = ("subject", "principal", "mini_program", "contact")


def typed_fields(page_id: str) -> "tuple[Field, ...]":
    """The fields of a form page that are typed or chosen (files have a page of their own)."""
    from wizard.sections import section_fields
    from wizard.types import Papers

    return tuple(field for field in section_fields(page_id) if not isinstance(field.kind, Papers))


def paper_fields() -> "tuple[Field, ...]":
    """All fields that stand on the page of papers, dates of letters of `materials` included."""
    from wizard.sections import section_fields
    from wizard.types import Papers

    sections = ("subject", "principal", "contact", "materials")
    return tuple(
        field
        for section in sections
        for field in section_fields(section)
        if isinstance(field.kind, Papers) or section == "materials"
    )


@cache
def page_of(field_id: str) -> str:
    """The page on which a field stands."""
    from wizard.sections import catalogue
    from wizard.types import Papers

    section = field_id.partition(".")[0]
    if section == "progress":
        return "export"
    if section == "materials":
        return "papers"
    field = catalogue().get(field_id)
    return "papers" if field is not None and isinstance(field.kind, Papers) else section
