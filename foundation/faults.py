"""What must never happen and stops the code that lets it; nobody can act on it, so it has no words for people."""


class CryptoError(Exception):
    """Something sealed could not be opened, or something plain was about to be stored."""


class KeyDestroyed(CryptoError):
    """The data key was destroyed on purpose (erasure); what it sealed is gone for good."""


class UnrecordedRead(Exception):
    """Personal data was about to be read where nobody keeps an access record."""


class AccessNotRecorded(Exception):
    """The access record could not be written, so what was read must not be handed out."""


class AppendOnlyError(Exception):
    """Code tried to change or delete rows that may only ever be added."""
