"""The workplaces of members: which page a permission leads to, the most urgent work first."""

from django.utils.translation import gettext_lazy as _

from organisations.roles import Permission
from organisations.workplaces import Way

WORKPLACES = (
    Way(Permission.WORK_CASES, "desk:queue", _("ケース一覧")),
    Way(Permission.PACK_PARCELS, "desk:packing", _("箱づめ・発送")),
    Way(Permission.ANSWER_REFERRALS, "portal:queue", _("届いたつなぎ")),
    Way(Permission.VIEW_REPORTS, "reports:dashboard", _("集計")),
    Way(Permission.KEEP_DIRECTORY, "admin:index", _("支援情報の編集")),
    Way(Permission.ADMINISTER, "admin:index", _("職員と場所の管理")),
)
# What the frame leads to besides; nobody's home.
BESIDE = (Way(Permission.RECORD_APPLICATION, "apply:telephone", _("電話で受ける")),)
