"""Activities as calendars (RFC 5545) every telephone reads; a member's own has a secret address."""
