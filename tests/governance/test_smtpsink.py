"""The demo's mail server: takes mail on loopback, keeps it in a Maildir, refuses what is too large."""

import signal
import smtplib
import subprocess
import sys
from email.message import EmailMessage

import pytest

from governance.demo.smtpsink import LARGEST_MAIL


@pytest.fixture
def sink(tmp_path):
    """Answer the port and the folder of a running mail server."""
    command = [sys.executable, "-m", "governance.demo.smtpsink", "--port", "0", "--maildir", str(tmp_path / "mail")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        port = int(process.stdout.readline().rsplit(":", 1)[1])
        yield port, tmp_path / "mail"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0


def mail(text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@kommun.example", "b@kommun.example", "Påminnelse"
    message.set_content(text)
    return message


def test_mail_is_kept_as_one_file_each(sink):
    port, folder = sink

    with smtplib.SMTP("127.0.0.1", port, timeout=10) as server:
        server.send_message(mail("Uppsikten är inte loggad."))
        server.send_message(mail("Uppsikten är fortfarande inte loggad."))

    assert len(list((folder / "new").iterdir())) == 2


def test_mail_that_is_too_large_is_refused_and_not_kept(sink):
    port, folder = sink

    with smtplib.SMTP("127.0.0.1", port, timeout=10) as server, pytest.raises(smtplib.SMTPException):
        server.send_message(mail("x" * (LARGEST_MAIL + 1)))

    assert list((folder / "new").iterdir()) == []
