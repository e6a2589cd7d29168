"""A sealed value as it stands in the table."""

from __future__ import annotations

BOUND = b"\x02"  # before what is bound to its row; what was sealed earlier begins with the version of the box, 1


class Ciphertext(bytes):
    """A sealed value as it stands in the table; says nothing about its content."""

    @property
    def is_bound(self) -> bool:
        """Whether it opens in its own row only."""
        return self.startswith(BOUND)

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__
