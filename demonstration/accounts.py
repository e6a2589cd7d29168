"""Who signs in at the demonstration, as what and where; one printed password for all, since nothing here is real."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from demonstration.plans import HAKODATE, PORTAL_CENTRES, SAPPORO, TOKACHI
from foundation.text.wording import with_aside
from organisations import membership, registry
from organisations.models import Member, Organisation, Place
from organisations.models.organisation import Kind
from organisations.roles import Role

DEMO_PASSWORD = "mihon-no-tsunagu"  # noqa: S105  (printed for everybody who tries the demonstration)
DESK, OPERATOR = "desk", "operator"
DESK_NAME = "つなぐフードバンク（見本）"
OPERATOR_NAME = "つなぐ運営事務局（見本）"
HOKKAIDO = "010006"


@dataclass(frozen=True)
class Account:
    """A member of the demonstration; ``at`` is the desk, the operator, or a centre's code, ``of`` says which town's."""

    email: str
    name: str
    role: Role
    at: str
    of: str = ""

    @property
    def role_name(self) -> str:
        return with_aside(self.role.label, self.of)


DEMO_ACCOUNTS = (
    Account("coordinator@example.jp", "架空 まとめ", Role.DESK_COORDINATOR, DESK),
    Account("caseworker@example.jp", "見本 いちか", Role.CASEWORKER, DESK),
    Account("caseworker2@example.jp", "例田 にこ", Role.CASEWORKER, DESK),
    Account("packer@example.jp", "試野 つつみ", Role.PACKER, DESK),
    Account("counsellor@example.jp", "仮野 そら", Role.COUNSELLOR, SAPPORO, "札幌市"),
    Account("counsellor2@example.jp", "練野 みなと", Role.COUNSELLOR, HAKODATE, "函館市"),
    Account("counsellor3@example.jp", "某田 はるか", Role.COUNSELLOR, TOKACHI, "十勝管内"),
    Account("manager@example.jp", "空想 かぞえ", Role.PROGRAMME_MANAGER, OPERATOR),
    Account("editor@example.jp", "例野 しるす", Role.DIRECTORY_EDITOR, OPERATOR),
    Account("admin@example.jp", "架野 まもる", Role.ADMINISTRATOR, OPERATOR),
)


@dataclass(frozen=True)
class Cast:
    """Everybody the story needs: the desk, members by account, by code the portal's centres and who answers there."""

    desk: Organisation
    members: dict[str, Member]
    centres: dict[str, Organisation]
    counsellors: dict[str, Member]


def set_up() -> Cast:
    """Register the food bank, its operator and everybody's account; let three centres use the portal.

    Those three are real organisations. They are made to use the portal in this database alone, so that the
    portal can be tried; nothing is ever sent to them (``confirm_addresses``).
    """
    hokkaido = Place.objects.get(code=HOKKAIDO)
    facts: dict[str, Any] = {
        "phone": "011-000-0000",
        "address": "北海道見本市見本町1丁目",
        "opening_hours": "平日 9:30〜17:00（見本）",
    }
    desk = registry.register_organisation(
        kind=Kind.FOOD_BANK, name=DESK_NAME, sender_name="見本商店", serves=[hokkaido], **facts
    )
    operator = registry.register_organisation(kind=Kind.OPERATOR, name=OPERATOR_NAME, **facts)
    centres = {code: Organisation.objects.get(code=code) for code in PORTAL_CENTRES}
    for centre in centres.values():
        registry.change_organisation(organisation=centre, uses_portal=True)
    where = {DESK: desk, OPERATOR: operator, **centres}
    members, counsellors = {}, {}
    for account in DEMO_ACCOUNTS:
        member = membership.add_member(email=account.email, name=account.name, password=DEMO_PASSWORD)
        membership.give_role(member=member, organisation=where[account.at], role=account.role)
        members[account.email.partition("@")[0]] = member
        if account.at in centres:
            counsellors[account.at] = member
    return Cast(desk, members, centres, counsellors)


def confirm_addresses(cast: Cast, on: date) -> None:
    """Confirm the addresses that mail goes to from now on: the desk's, and one centre's.

    A referral's mail to a centre can only be tried where an address is confirmed. The one given to Sapporo's centre
    lies under example.jp, which is reserved and reaches nobody, and stands in this database alone: a lesser evil than
    an invented centre shown to people of a real town. The other real centres get none.
    """
    registry.change_organisation(organisation=cast.desk, email="desk@example.jp", email_confirmed_on=on)
    registry.change_organisation(
        organisation=cast.centres[SAPPORO], email="portal-demo@example.jp", email_confirmed_on=on
    )


def for_signing_in(request: HttpRequest) -> dict[str, Any]:
    """Context of the sign-in page, in the demonstration only: the accounts, so that nobody has to look for them."""
    if request.resolver_match is None or request.resolver_match.view_name != "account_login":
        return {}
    return {
        "demo_accounts": [
            {"role": account.role_name, "email": account.email, "password": DEMO_PASSWORD} for account in DEMO_ACCOUNTS
        ]
    }
