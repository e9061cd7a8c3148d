"""Decisions about networks: verify, feature, archive, hide, hand over; and answers to what members ask."""
