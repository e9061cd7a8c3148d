"""What the moderators decide about organisations: hidden, renamed, merged; each with its way back."""
