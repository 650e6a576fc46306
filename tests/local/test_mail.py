"""The mail catcher keeps what it is sent."""

import smtplib

from factory.local.mail import Catcher


def test_a_mail_is_kept_whole_with_its_envelope(tmp_path):
    catcher = Catcher(tmp_path)
    catcher.start_in_a_thread()
    with smtplib.SMTP("127.0.0.1", catcher.port) as smtp:
        smtp.sendmail("ada@here.example", ["ben@there.example"], "Subject: Hallo\r\n\r\nDag\r\n")
    (kept,) = tmp_path.glob("*.eml")
    assert kept.read_bytes().endswith(b"Subject: Hallo\r\n\r\nDag\r\n")
    assert b"X-Peer-To: ben@there.example" in kept.read_bytes()
