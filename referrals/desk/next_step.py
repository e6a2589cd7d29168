"""What a caseworker does next with a case: one clear step, and what else its state allows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referrals.states import CaseStatus


@dataclass(frozen=True)
class Step:
    """One thing to do: ``move`` names a verb of the case's page, ``leads_to`` another page of the desk."""

    label: Promise
    move: str = ""
    leads_to: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Steps:
    hint: Promise
    first: Step | None = None
    others: tuple[Step, ...] = ()


START = Step(_("確認をはじめる"), move="start_review")
APPROVE = Step(_("発送を決める"), move="approve")
C = CaseStatus
STEPS: dict[str, Steps] = {
    C.RECEIVED: Steps(_("新しい申込みです。読んで、確認をはじめてください。"), START, (APPROVE,)),
    C.IN_REVIEW: Steps(_("内容を確認して、発送を決めてください。"), APPROVE),
    C.APPROVED: Steps(_("箱づめを待っています。"), Step(_("箱づめへ進む"), leads_to="desk:parcel")),
    C.PACKED: Steps(
        _("箱ができています。発送したら、記録してください。"), Step(_("発送を記録する"), leads_to="desk:parcel")
    ),
    C.SENT: Steps(
        _("荷物が向かっています。届いたら、または戻ってきたら、記録してください。"),
        Step(_("お届けを記録する"), leads_to="desk:parcel"),
    ),
    C.DELIVERED: Steps(
        _("荷物が届きました。ほかにすることがなければ、ケースを終えてください。"),
        Step(_("ケースを終える"), anchor="end"),
    ),
    C.CLOSED: Steps(_("このケースは終わりました。")),
    C.DECLINED: Steps(_("対応できず、終わりました。")),
    C.WITHDRAWN: Steps(_("取下げで、終わりました。")),
    C.DUPLICATE: Steps(_("重複で、終わりました。")),
}


def steps_after(status: str) -> Steps:
    return STEPS[status]
