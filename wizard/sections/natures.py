"""Groups of answers that conditions name again and again."""

from wizard.catalogue import code_set

PERSON = ("个人",)
INDIVIDUAL_BUSINESS = ("个体工商户",)
ORGANISATIONS = tuple(label for label in code_set("subject_types").labels() if label not in PERSON)
FIRST = "新增备案(首次)"
FILED_ALREADY = ("新增小程序(主体已备案)", "变更", "注销")
NOT_CANCELLED = (FIRST, "新增小程序(主体已备案)", "变更", "")
NEW = (FIRST, "新增小程序(主体已备案)", "")
