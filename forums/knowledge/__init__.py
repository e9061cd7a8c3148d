"""What people who differ find out together: what they hold in common, what they differ in, and what it rests on."""
