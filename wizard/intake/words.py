"""What kinds of papers, values read from them and faults of pictures are called to people."""

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "business_licence": "营业执照",
    "individual_licence": "营业执照（个体工商户）",
    "institution_certificate": "事业单位法人证书",
    "other_certificate": "登记证书",
    "id_front": "居民身份证（人像面）",
    "id_back": "居民身份证（国徽面）",
    "id_both": "居民身份证（正反面）",
}

FIELDS: Mapping[str, str] = {
    "uscc": "统一社会信用代码",
    "name": "名称（姓名）",
    "type": "类型",
    "legal_person": "法定代表人（经营者、负责人）",
    "registered_capital": "注册资本（开办资金）",
    "composition": "组成形式",
    "established": "成立（注册）日期",
    "term_from": "期限自",
    "term_to": "期限至",
    "address": "住所（经营场所、住址）",
    "business_scope": "经营（业务）范围",
    "authority": "登记机关",
    "issued": "发照日期",
    "funding": "经费来源",
    "sponsor": "举办（业务主管）单位",
    "sex": "性别",
    "ethnicity": "民族",
    "birth": "出生日期",
    "id_number": "公民身份号码",
    "issuer": "签发机关",
    "valid_from": "有效期起",
    "valid_to": "有效期止",
}

FAULTS: Mapping[str, str] = {
    "blurred": "图片模糊：拿稳手机、对准焦再拍一张",
    "glare": "有反光盖住内容：换个角度，避开灯光再拍",
    "too_small": "图片太小：按原大发送，或离近一点再拍",
    "too_large": "图片太大：压缩后再上传",
    "cropped": "证件没有拍全：四边都要在画面里",
    "grey_copy": "是黑白复印件：换原件的彩色照片或扫描件",
    "rotated": "方向不正：已转正",
    "exif_orientation": "拍摄时手机是横着的：已转正",
    "skewed": "有些歪：已摆正",
    "perspective": "拍得有些斜：已拉正",
    "shadow": "有阴影：换个光线均匀的地方再拍",
    "noise": "杂点多：换个亮一点的地方再拍",
    "jpeg_artefacts": "压缩得太厉害：请对方发原图",
    "watermark_over_data": "水印盖住了内容：换一张没有水印的",
    "dark": "太暗：换个亮一点的地方再拍",
    "bottom_missing": "下半部分是空的：图片没有传完整，重新发送一次",
    "wrong_side": "正反面放反了",
    "wrong_document": "不是要的那种证件",
    "screenshot": "像是截屏：换原件的照片或扫描件",
}
