"""The beat schedule: what happens by the clock."""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    "republish what the broker lost": {"task": "foundation.tasks.sweep_outbox", "schedule": 20.0},
    "seal the access record": {"task": "foundation.tasks.seal_access_record", "schedule": 60.0},
    "destroy expired drafts": {"task": "outreach.tasks.destroy_expired_drafts", "schedule": 15 * 60.0},
    "purge": {"task": "foundation.tasks.purge", "schedule": crontab(hour=3, minute=30)},
    "clear ended sessions": {"task": "organisations.tasks.clear_ended_sessions", "schedule": 15 * 60.0},
    "expire unanswered referrals": {
        "task": "referrals.tasks.expire_unanswered",
        "schedule": crontab(hour=6, minute=0),
    },
}
