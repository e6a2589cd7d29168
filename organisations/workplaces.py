"""The workplaces of members: which page a permission leads to, the most urgent work first."""

from django.utils.translation import gettext_lazy as _

from organisations.roles import Permission

WORKPLACES = (
    (Permission.WORK_CASES, "desk:queue", _("ケース一覧")),
    (Permission.PACK_PARCELS, "desk:packing", _("箱づめ・発送")),
    (Permission.ANSWER_REFERRALS, "portal:queue", _("届いたつなぎ")),
    (Permission.VIEW_REPORTS, "reports:dashboard", _("集計")),
    (Permission.KEEP_DIRECTORY, "admin:index", _("支援情報の編集")),
    (Permission.ADMINISTER, "admin:index", _("職員と場所の管理")),
)
