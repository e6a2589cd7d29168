"""Opens every address of the site with everything that fits into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.http import HttpResponse
from django.test import Client

from organisations.permission_map import Access, Rule, rule_for
from organisations.roles import ROLE_PERMISSIONS, Permission, Role
from outreach.navi import engine
from outreach.navi.content import shipped
from outreach.navi.token import COOKIE, new_cookie, seal
from referrals.models import Case, Referral
from referrals.states import CaseStatus, ReferralStatus
from tests.addresses import Address, of_the_house
from tests.factories import members
from tests.invariants.world import World
from tests.private_pages import LetIn

WHOLE_SITE = of_the_house()
# Addresses that show something only when asked for it.
QUERIES = {"navi:qr": "?e=A1", "reports:download": "?format=csv"}


@dataclass
class Full:
    """A world in which every page has something to show."""

    world: World
    secret: str
    case: Case
    referral: Referral
    token: str
    cookie: str

    @classmethod
    def of(cls, world: World) -> "Full":
        """A packed case whose referral is under way, a parcel to hand over, an answered navi."""
        case, secret = world.hand_in()
        referral = world.refer(case, to=ReferralStatus.CONTACTED)
        case = world.pack(case, CaseStatus.PACKED)
        cookie = new_cookie()
        trouble = shipped().troubles[0].id
        token = seal(engine.Answers(trouble=trouble), cookie=cookie, content=shipped())
        return cls(world, secret, case, referral, token, cookie)

    def values(self) -> dict[str, list[str]]:
        """What fits into each argument of an address."""
        return {
            "public_id": [self.case.public_id, self.referral.public_id],
            "secret": [self.secret],
            "token": [self.token],
            "trouble": [shipped().troubles[0].id],
            "step": ["food", "check"],
            "key": ["isolated"],
            "parcel_id": [parcel.public_id for parcel in self.case.parcels.all()] or ["x"],
        }

    def paths(self, addresses: list[Address] = WHOLE_SITE) -> Iterator[tuple[Address, str]]:
        """Every address with every combination of what fits."""
        values = self.values()
        for address in addresses:
            for chosen in product(*(values.get(argument, ["x"]) for argument in address.arguments)):
                filled = address.path(dict(zip(address.arguments, chosen, strict=True)))
                yield address, filled + QUERIES.get(address.name, "")

    def clients(self) -> dict[str, Client]:
        """A visitor, and a member of each role at the desk, and the centre's counsellor."""
        clients: dict[str, Client] = {"visitor": LetIn()}
        for role in Role:
            at = self.world.centre if role == Role.COUNSELLOR else self.world.desk
            clients[role.value] = client = Client()
            client.force_login(members.member(role, at=at))
        for client in clients.values():
            client.cookies[COOKIE] = self.cookie
        return clients

    def paths_open_to(self, who: str) -> Iterator[tuple[Address, str]]:
        """Those of ``paths`` that the permission map opens to ``who``: the others never reach what the world holds."""
        given = ROLE_PERMISSIONS.get(who)
        for address, path in self.paths():
            rule = rule_for(address.name)
            if rule in (Access.PUBLIC, Access.PERSON) or (given is not None and _opens(rule, given)):
                yield address, path

    def open_all(self, *only: str) -> Iterator[tuple[str, Address, str, HttpResponse]]:
        """Everybody, or ``only`` some, open everything: who, which address, which path, what came back."""
        for who, client in self.clients().items():
            if not only or who in only:
                for address, path in self.paths():
                    yield who, address, path, client.get(path)


def _opens(rule: Rule | None, given: frozenset[Permission]) -> bool:
    asked = rule if isinstance(rule, frozenset) else {rule}
    return rule is Access.MEMBER or not given.isdisjoint(asked)
