"""Roles as lists of permissions. One member may hold several."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """What a member may do; every staff address names one of these in config/url_permissions.py."""

    WORK_CASES = "work_cases", _("ケースを見て進める")
    COORDINATE_DESK = "coordinate_desk", _("窓口をとりまとめる")
    RECORD_APPLICATION = "record_application", _("電話の申込みを書きとる")
    PACK_PARCELS = "pack_parcels", _("箱をつめて送る")
    HAND_OFF = "hand_off", _("支援機関につなぐ")
    ANSWER_REFERRALS = "answer_referrals", _("つなぎに答える")
    VIEW_REPORTS = "view_reports", _("集計を見る")
    KEEP_DIRECTORY = "keep_directory", _("支援情報を直す")
    ADMINISTER = "administer", _("職員と場所を管理する")


class Role(models.TextChoices):
    DESK_COORDINATOR = "desk_coordinator", _("窓口のまとめ役")
    CASEWORKER = "caseworker", _("ケース担当")
    PACKER = "packer", _("箱づめ担当")
    COUNSELLOR = "counsellor", _("支援機関の相談員")
    PROGRAMME_MANAGER = "programme_manager", _("事業の責任者")
    DIRECTORY_EDITOR = "directory_editor", _("支援情報の編集者")
    ADMINISTRATOR = "administrator", _("システム管理者")


_CASEWORK = frozenset(
    {Permission.WORK_CASES, Permission.RECORD_APPLICATION, Permission.PACK_PARCELS, Permission.HAND_OFF}
)

# The programme manager sees counts and no person; the administrator opens no case; the packer sees
# name, address and contents, no circumstances.
ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.DESK_COORDINATOR: _CASEWORK | {Permission.COORDINATE_DESK},
    Role.CASEWORKER: _CASEWORK,
    Role.PACKER: frozenset({Permission.PACK_PARCELS}),
    Role.COUNSELLOR: frozenset({Permission.ANSWER_REFERRALS}),
    Role.PROGRAMME_MANAGER: frozenset({Permission.VIEW_REPORTS}),
    Role.DIRECTORY_EDITOR: frozenset({Permission.KEEP_DIRECTORY}),
    Role.ADMINISTRATOR: frozenset({Permission.ADMINISTER}),
}
