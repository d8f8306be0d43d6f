"""A caption that lost its value: nothing but burnt-out paper where the value has to be."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.intake.faults.view import Pixels, Quad, View

VALUED = frozenset(
    {"姓名", "名称", "称", "法定代表人", "经营者", "负责人", "住址", "住所", "经营场所", "公民身份号码"}
    | {"签发机关", "有效期限", "类型", "机构名称", "机构地址"}
)
"""Captions with a value beside them on every paper; 称 is the end of a widely spaced 名称."""
# From the caption's end, in its heights: values begin 1 to 5 behind it.
FROM, TO = 0.6, 8.0
# Of that place, print takes 3 % and more, guilloche none, so much darker than the paper; and this much of
# it is burnt out.
DARKER, LEFT, BURNT = 40, 0.006, 0.5


def vanished(view: "View", depth: "Pixels", burnt: "Pixels") -> "list[Quad]":
    """The captions, as corners in the working picture, beside which all is burnt out.

    `depth` says how much darker than the paper each place is, `burnt` which are burnt out (255).
    """
    return [
        quad
        for quad, text in zip(view.quads, view.texts, strict=True)
        if _bare(text) in VALUED and _blank(quad, depth, burnt)
    ]


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip(":：")


def _blank(quad: "Quad", depth: "Pixels", burnt: "Pixels") -> bool:
    import cv2
    import numpy as np

    long, high = math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3])
    if long < 1 or high < 1:
        return False
    along = (quad[1] - quad[0]) / long * high
    near, far = quad[[1, 2]] + FROM * along, quad[[1, 2]] + TO * along
    if (far < 0).any() or (far >= np.array(depth.shape[::-1])).any():
        return False
    size = (round((TO - FROM) * high), round(high))
    flat = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    by = cv2.getPerspectiveTransform(np.array([near[0], far[0], far[1], near[1]], np.float32), flat)
    print_ = cv2.warpPerspective(depth, by, size) > DARKER
    white = cv2.warpPerspective(burnt, by, size) > 0
    return bool(print_.mean() <= LEFT and white.mean() >= BURNT)
