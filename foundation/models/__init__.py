"""The ground floor's tables."""

from foundation.models.access_archive import AccessArchive
from foundation.models.access_count import AccessCount
from foundation.models.access_head import AccessHead
from foundation.models.access_record import AccessRecord
from foundation.models.accessed_key import AccessedKey
from foundation.models.append_only import AppendOnly
from foundation.models.data_key import DataKey
from foundation.models.job_run import JobRun
from foundation.models.outbox import OutboxMessage
from foundation.models.transition import Actor, Transition

__all__ = [
    "AccessArchive",
    "AccessCount",
    "AccessHead",
    "AccessRecord",
    "AccessedKey",
    "Actor",
    "AppendOnly",
    "DataKey",
    "JobRun",
    "OutboxMessage",
    "Transition",
]
