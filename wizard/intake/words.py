"""What kinds of papers and values read from them are called to people."""

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
