"""Screens of the reports floor."""
