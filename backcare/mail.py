"""What stands in for a mail server where none is configured. Nothing else about mail belongs here."""

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class NoMail(BaseEmailBackend):
    """Sends nothing and says so in the log, without the message: it may hold a secret link."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Count nothing as sent."""
        logging.getLogger("backcare").warning("%d messages were not sent: MAIL_HOST is not set.", len(email_messages))
        return 0
