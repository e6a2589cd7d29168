"""Clock, identifiers, outbox, state history, encrypted fields, access record: the ground floor."""
