"""One whole filing with rare characters in it and two different people; everybody in it is invented."""

from wizard.resource_files import path

_PICTURES = path("samples", "pictures")

ANSWERS: dict[str, object] = {
    "subject.filing_type": "新增备案(首次)",
    "subject.type": "企业",
    "subject.name": "北京绿柠檬科技有限公司",
    "subject.province": "北京市",
    "subject.city": "北京市",
    "subject.district": "大兴区",
    "subject.certificate_type": "营业执照",
    "subject.certificate_number": "91110115MA01QFMA2Y",
    "subject.certificate_address": "北京市大兴区旧桥路25号院1号楼19层1909",
    "subject.address": "旧桥路25号院1号楼19层1909",
    "subject.certificate_validity_date_end": "长期",
    "subject.business_scope": "技术服务、技术开发；软件开发；日用百货销售。",
    "principal.is_legal_person": "是",
    "principal.name": "欧阳𬍛䶮",
    "principal.certificate_type": "居民身份证",
    "principal.certificate_number": "11011519840312991X",
    "principal.certificate_validity_date_start": "2018.05.20",
    "principal.certificate_validity_date_end": "2038.05.20",
    "principal.mobile": "13800000101",
    "principal.emergency_contact": "010-60000101",
    "principal.email": "lin.zhiyuan@example.com",
    "mini_program.name": "绿柠檬便民工具",
    "mini_program.appid": "wx3f9a6c21d7e8b045",
    "mini_program.online_status": "未上架",
    "mini_program.service_content_types": ("工具",),
    "mini_program.pre_approvals": ({"type": "以上都不涉及"},),
    "mini_program.comment": "绿柠檬便民工具是本公司的自有产品，给个人用户记账和查日历，全部免费，不做交易。",
    "contact.is_administrator": "是",
    "contact.is_legal_person": "否",
    "contact.name": "苏晓岚",
    "contact.certificate_type": "居民身份证",
    "contact.certificate_number": "110108199007259924",
    "contact.certificate_validity_date_start": "2019-06-06",
    "contact.certificate_validity_date_end": "2039-06-06",
    "contact.mobile": "13800000202",
    "contact.emergency_contact": "13900000203",
    "contact.email": "su.xiaolan@example.com",
    "contact.authorization_letter_date": "2026-11-16",
}
PICTURES = {
    "subject.certificate_photo": _PICTURES / "licence-company.jpg",
    "principal.certificate_photo_front": _PICTURES / "id-lin-zhiyuan-front.jpg",
    "principal.certificate_photo_back": _PICTURES / "id-lin-zhiyuan-back.jpg",
    "contact.certificate_photo_front": _PICTURES / "id-su-xiaolan-front.jpg",
    "contact.certificate_photo_back": _PICTURES / "id-su-xiaolan-back.jpg",
    "contact.authorization_letter": _PICTURES / "authorization-letter-company.jpg",
}
