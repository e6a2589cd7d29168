"""Places, organisations, catchments, members."""

from organisations.models.catchment import Catchment
from organisations.models.member import Member
from organisations.models.organisation import Organisation
from organisations.models.place import Place
from organisations.models.role_change import RoleChange
from organisations.models.role_grant import RoleGrant

__all__ = ["Catchment", "Member", "Organisation", "Place", "RoleChange", "RoleGrant"]
