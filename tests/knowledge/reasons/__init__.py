"""Reasons about statements."""
