"""The permission map: every address of the site and who may open it.

A name that does not stand here is refused (404) by the middleware and fails a test.
"""

from organisations.permission_map import Access
from organisations.roles import Permission

URL_PERMISSIONS: dict[str, Access | Permission] = {
    # the system itself
    "healthz": Access.PUBLIC,
    "readyz": Access.PUBLIC,
    "favicon": Access.PUBLIC,
    "set_language": Access.PUBLIC,
    "account_login": Access.PUBLIC,
    "account_logout": Access.PUBLIC,
    "account_inactive": Access.PUBLIC,
    "account_change_password": Access.MEMBER,
    "organisations:home": Access.MEMBER,
    # the public
    "outreach:front": Access.PUBLIC,
    "outreach:about": Access.PUBLIC,
    "outreach:leave": Access.PUBLIC,
    "navi:start": Access.PUBLIC,
    "navi:worries": Access.PUBLIC,
    "navi:results": Access.PUBLIC,
    "navi:shared": Access.PUBLIC,
    "navi:qr": Access.PUBLIC,
    "apply:start": Access.PUBLIC,
    "apply:step": Access.PUBLIC,
    "apply:done": Access.PUBLIC,
    "apply:telephone": Permission.RECORD_APPLICATION,
    "apply:telephone_step": Permission.RECORD_APPLICATION,
    "apply:telephone_done": Permission.RECORD_APPLICATION,
    # the person
    "person:page": Access.PERSON,
    "person:withdraw_consent": Access.PERSON,
    "person:addendum": Access.PERSON,
    # the desk
    "desk:queue": Permission.WORK_CASES,
    "desk:find": Permission.WORK_CASES,
    "desk:case": Permission.WORK_CASES,
    "desk:case_move": Permission.WORK_CASES,
    "desk:parcel_correct": Permission.WORK_CASES,
    "desk:unpacked": Permission.PACK_PARCELS,
    "desk:case_correct": Permission.WORK_CASES,
    "desk:packing": Permission.PACK_PARCELS,
    "desk:parcel": Permission.PACK_PARCELS,
    "desk:consent": Permission.WORK_CASES,
    "desk:consent_withdraw": Permission.WORK_CASES,
    "desk:consent_void": Permission.WORK_CASES,
    "desk:referral_new": Permission.HAND_OFF,
    "desk:referral": Permission.WORK_CASES,
    "desk:referral_reply": Permission.HAND_OFF,
    "desk:referral_hold": Permission.HAND_OFF,
    "desk:referral_resume": Permission.HAND_OFF,
    "desk:referral_take_back": Permission.HAND_OFF,
    "desk:referral_follow_up": Permission.HAND_OFF,
    "desk:referral_tell_person": Permission.HAND_OFF,
    "desk:referral_told": Permission.HAND_OFF,
    "desk:referral_wrong_centre": Permission.HAND_OFF,
    "desk:referral_sheet": Permission.HAND_OFF,
    # the support centre
    "portal:queue": Permission.ANSWER_REFERRALS,
    "portal:cover": Permission.ANSWER_REFERRALS,
    "portal:open": Permission.ANSWER_REFERRALS,
    "portal:packet": Permission.ANSWER_REFERRALS,
    "portal:answer": Permission.ANSWER_REFERRALS,
    "portal:contact": Permission.ANSWER_REFERRALS,
    "portal:close": Permission.ANSWER_REFERRALS,
    "portal:hold": Permission.ANSWER_REFERRALS,
    "portal:resume": Permission.ANSWER_REFERRALS,
    "portal:take_back": Permission.ANSWER_REFERRALS,
    # the programme manager
    "reports:dashboard": Permission.VIEW_REPORTS,
    "reports:chart": Permission.VIEW_REPORTS,
    "reports:download": Permission.VIEW_REPORTS,
}

# The admin guards each of its own pages by Member.has_perm; any of these permissions leads into it.
URL_NAMESPACES: dict[str, frozenset[Permission]] = {
    "admin": frozenset({Permission.KEEP_DIRECTORY, Permission.ADMINISTER}),
}
