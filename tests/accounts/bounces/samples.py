"""What a mailbox for bounces takes in: as Postfix, Exim, Exchange and providers write it."""

from textwrap import dedent

PATH = "bounces+7-1795900000-abcdefghijklmnop@roypalang.example"


def delivery(
    path: str = PATH,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    said: str = "smtp; 550 5.1.1 <malee@example.org>: Recipient address rejected",
    to: str = "",
    copy: str = "message/rfc822",
) -> bytes:
    """A report of delivery as Postfix writes it; `to` is whom it goes to, the return path where nothing is said."""
    return dedent(f"""\
        Return-Path: <>
        Delivered-To: {to or path}
        From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: {to or path}
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="4cT1"

        This is a MIME-encapsulated message.

        --4cT1
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8

        I'm sorry to have to inform you that your message could not be delivered.

        --4cT1
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org
        Arrival-Date: Sun, 29 Nov 2026 12:00:00 +0700 (+07)

        Final-Recipient: rfc822; malee@example.org
        Original-Recipient: rfc822;malee@example.org
        Action: {action}
        Status: {status}
        Diagnostic-Code: {said}

        --4cT1
        Content-Description: Undelivered Message
        Content-Type: {copy}

        Return-Path: <{path}>
        From: =?utf-8?b?4Lij4LmJ4Lit4Lii?= <noreply@roypalang.example>
        To: malee@example.org
        Subject: hello

        the text

        --4cT1--
        """).encode()


def complaint(path: str = PATH, *, kind: str = "abuse") -> bytes:
    """A report of abuse (RFC 5965), to a mailbox that knows nothing of return paths; its copy has Errors-To."""
    return dedent(f"""\
        From: <feedback@provider.example>
        To: <bounces@roypalang.example>
        Subject: FW: hello
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="part"

        --part
        Content-Type: text/plain; charset="US-ASCII"
        Content-Transfer-Encoding: 7bit

        This is an email abuse report.

        --part
        Content-Type: message/feedback-report

        Feedback-Type: {kind}
        User-Agent: SomeGenerator/1.0
        Version: 1

        --part
        Content-Type: message/rfc822
        Content-Disposition: inline

        From: <noreply@roypalang.example>
        Errors-To: {path}
        To: <redacted@provider.example>
        Subject: hello

        the text
        --part--
        """).encode()


ON_HOLIDAY = f"""\
From: malee@example.org
To: {PATH}
Subject: I am on holiday
Auto-Submitted: auto-replied
Content-Type: text/plain

550 5.1.1 is my room. Back on Monday.
""".encode()
