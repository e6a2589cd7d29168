"""Saving on the pages under /manage/."""
