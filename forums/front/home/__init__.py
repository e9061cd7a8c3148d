"""Home and its sisters: latest, new, unanswered, lively."""
