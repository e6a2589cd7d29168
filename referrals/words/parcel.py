"""The words for parcels: to the desk, which alone reads them."""

from django.utils.translation import gettext_lazy as _

from referrals.words.kinds import UNKNOWN_STATUS, ParcelWords, Table

_PARCEL: dict[str, ParcelWords] = {
    "packed": ParcelWords(desk=_("箱づめ済み"), happened=_("箱づめしました")),
    "sent": ParcelWords(desk=_("発送済み"), happened=_("荷物を発送しました")),
    "delivered": ParcelWords(desk=_("お届け済み"), happened=_("荷物が届きました")),
    "returned": ParcelWords(desk=_("戻ってきた"), happened=_("荷物が戻ってきました")),
    "to_unpack": ParcelWords(desk=_("ほどくのを待っている"), happened=_("箱をほどくように、箱づめの担当に頼みました")),
    "unpacked": ParcelWords(desk=_("箱をほどいた"), happened=_("箱をほどきました")),
}
PARCEL = Table(_PARCEL, unknown=ParcelWords(desk=UNKNOWN_STATUS, happened=UNKNOWN_STATUS))
CAME_BACK_BECAUSE = _("荷物が戻ってきました（{reason}）")
SENT_AGAIN = _("戻ってきた箱のあて先をたしかめて、もう一度送ることにしました")
PARCEL_PUT_RIGHT = _("箱の記録を直しました")
SENT_WITH_NUMBER = _("荷物を発送しました（送り状番号 {number}）")
