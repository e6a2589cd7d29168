"""The directory of help, applications and their drafts."""

from outreach.models.addendum import ApplicationAddendum
from outreach.models.application import Application
from outreach.models.choice import ApplicationChoice
from outreach.models.directory import Programme, ProgrammeText, Window, WindowText
from outreach.models.draft import Draft
from outreach.models.version import DirectoryVersion

__all__ = [
    "Application",
    "ApplicationAddendum",
    "ApplicationChoice",
    "DirectoryVersion",
    "Draft",
    "Programme",
    "ProgrammeText",
    "Window",
    "WindowText",
]
