"""The access record: nobody reads personal data without leaving one."""

from foundation.access.middleware import AccessMiddleware
from foundation.access.scopes import acting_for, note, scope

__all__ = ["AccessMiddleware", "acting_for", "note", "scope"]
