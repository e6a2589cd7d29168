"""Consent and hand-off: what may be told to whom, the referral itself, and what comes back."""
