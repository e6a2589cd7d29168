"""Signing in: who, where, how often, and what was typed when it had ended."""
