"""Screens of the public side, one module a family."""
