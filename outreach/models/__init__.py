"""The directory of help, applications and their drafts."""

from outreach.models.addendum import ApplicationAddendum
from outreach.models.application import Application
from outreach.models.choice import ApplicationChoice
from outreach.models.draft import Draft
from outreach.models.programme import Programme, ProgrammeText
from outreach.models.version import DirectoryVersion
from outreach.models.window import Window, WindowText

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
