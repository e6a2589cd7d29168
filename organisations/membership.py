"""Verbs that let members in and give them roles."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.errors import NotAllowed
from foundation.text.wording import listed
from organisations.models import Member, Organisation, RoleChange, RoleGrant
from organisations.models.organisation import Kind
from organisations.roles import ROLE_PERMISSIONS, Permission, Role

_NOT_STATED = ("public_id", "password")
_NOBODY_LEFT = {
    Permission.ANSWER_REFERRALS: _(
        "{organisation}には、サインインしてつなぎに答えられる人がいなくなりました。これからのつなぎは電話と紙になります。"
        "返事を待っているつなぎがないか、フードバンクに伝えてください。"
    ),
    Permission.WORK_CASES: _(
        "{organisation}には、サインインしてケースを進められる人がいなくなりました。新しい申込みを読む人がいません。"
        "べつの職員に、ケース担当の役割を加えてください。"
    ),
}


def address_of(text: str) -> str:
    """An e-mail address as it is kept: without blanks around it, in small letters."""
    return text.strip().lower()


@transaction.atomic
def add_member(*, email: str, name: str, password: str | None, is_active: bool = True) -> Member:
    """Add a member who signs in with ``email``; without a password they can't sign in yet.

    Raises ValidationError for an address that is none, or somebody's already.
    """
    member = Member(email=address_of(email), name=name, is_active=is_active)
    member.set_password(password)
    member.full_clean(exclude=_NOT_STATED)
    member.save()
    return member


@transaction.atomic
def change_member(*, member: Member, password: str | None = None) -> None:
    """Keep the changed name, address or activity of ``member``; a password is set anew when one is given.

    Raises NotAllowed when nobody would be left to administer.
    """
    if not member.is_active:
        _check_not_the_last_administrator(member)
    member.email = address_of(member.email)
    if password:
        member.set_password(password)
    member.full_clean(exclude=_NOT_STATED)
    member.save()


@transaction.atomic
def give_role(*, member: Member, organisation: Organisation, role: Role, by: Member | None = None) -> RoleGrant:
    """Give ``member`` a role at ``organisation``; giving it twice changes nothing.

    ``by`` is the administrator who gives it; None where the system is set up from the server's own console.
    Raises NotAllowed for a role that means nothing at such an organisation.
    """
    _check_not_oneself(member, by)
    if organisation.kind not in kinds_for(role):
        raise NotAllowed(
            format_lazy(
                _(
                    "「{role}」は、{kinds}の役割です。{organisation}（{kind}）では、何もできません。組織をえらびなおしてください。"
                ),
                role=Role(role).label,
                kinds=listed(kind.label for kind in kinds_for(role)),
                organisation=organisation.name,
                kind=organisation.get_kind_display(),
            )
        )
    grant, new = RoleGrant.objects.get_or_create(member=member, organisation=organisation, role=role)
    if new:
        RoleChange.objects.create(member=member, organisation=organisation, role=role, given=True, by=by)
    return grant


@transaction.atomic
def take_role(*, member: Member, organisation: Organisation, role: Role, by: Member | None = None) -> None:
    """Take a role at ``organisation`` away from ``member``; taking what they don't have changes nothing.

    Raises NotAllowed when nobody would be left to administer.
    """
    _check_not_oneself(member, by)
    if role == Role.ADMINISTRATOR and not _other_roles(member, organisation, role):
        _check_not_the_last_administrator(member)
    taken, _rows = RoleGrant.objects.filter(member=member, organisation=organisation, role=role).delete()
    if taken:
        RoleChange.objects.create(member=member, organisation=organisation, role=role, given=False, by=by)


def hold_administrators() -> None:
    """Hold who administers until the transaction ends; before a member's own row, if that is held too."""
    list(RoleGrant.objects.select_for_update(no_key=True).filter(role=Role.ADMINISTRATOR).order_by("pk"))


def kinds_for(role: str) -> tuple[Kind, ...]:
    """The kinds of organisation at which ``role`` means something: cases lie at desks, referrals at centres."""
    permissions = ROLE_PERMISSIONS.get(role, frozenset())
    if permissions & {Permission.WORK_CASES, Permission.PACK_PARCELS}:
        return (Kind.FOOD_BANK,)
    if Permission.ANSWER_REFERRALS in permissions:
        return (Kind.SUPPORT_CENTRE,)
    return tuple(Kind)


def what_is_missing(member: Member) -> list[Promise]:
    """What keeps ``member`` from working, in words for whoever added them."""
    missing: list[Promise] = []
    if not member.has_usable_password():
        missing.append(
            _("パスワードがないので、まだサインインできません。「新しいパスワード」に入れて、本人に伝えてください。")
        )
    if not member.role_grants.exists():
        missing.append(
            _("役割がないので、サインインしても何もできません。その職員のページで、組織と役割を加えてください。")
        )
    return missing


def what_nobody_does_now(held: Iterable[RoleGrant]) -> list[Promise]:
    """What lies undone where somebody ``held`` roles and nobody is left who can sign in for them, in words."""
    left: dict[tuple[int, Permission], Promise] = {}
    for grant in held:
        for permission, words in _NOBODY_LEFT.items():
            if permission not in grant.permissions:
                continue
            if not Member.objects.who_can(permission, at=grant.organisation_id).exists():
                left[grant.organisation_id, permission] = format_lazy(words, organisation=grant.organisation.name)
    return list(left.values())


def _other_roles(member: Member, organisation: Organisation, role: str) -> bool:
    """Whether ``member`` administers by another grant as well."""
    return member.role_grants.filter(role=role).exclude(organisation=organisation).exists()


def _check_not_the_last_administrator(member: Member) -> None:
    """Nobody else could let them in again. The roles are held, so that of two who leave at once one stays."""
    # Held before it is asked who is left: of a row that waits, PostgreSQL looks at that row anew and at no other.
    hold_administrators()
    administrators = list(
        Member.objects.select_for_update(no_key=True)
        .filter(pk__in=RoleGrant.objects.filter(role=Role.ADMINISTRATOR).values("member"), is_active=True)
        .order_by("pk")
    )
    able = {one.pk for one in administrators if one.has_usable_password()}
    held = {one.pk for one in administrators}
    if member.pk in held and not able - {member.pk}:
        raise NotAllowed(
            _(
                "ほかにサインインできるシステム管理者がいません。このままだと、だれも職員や組織を直せなくなります。"
                "先に、べつの人をシステム管理者にしてください。"
            )
        )


def _check_not_oneself(member: Member, by: Member | None) -> None:
    """An administrator opens no case: so they can't make themselves a caseworker, nor shut themselves out."""
    if by is not None and by.pk == member.pk:
        raise NotAllowed(_("自分の役割は、自分では変えられません。ほかのシステム管理者に頼んでください。"))
