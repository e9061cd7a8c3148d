"""Desks in the Django admin, as `forums.moderation.desks` has them: the traffic log, acts in the admin, crawlers."""
