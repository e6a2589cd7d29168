"""The one signal of the code base: an application has been stored and its transaction is still open."""

from django.dispatch import Signal

# Sent with send(), never send_robust(): when the receiver fails, the application must not be stored either.
# Arguments: application (outreach.models.Application), statement (outreach.application.statement.Statement).
application_submitted = Signal()
