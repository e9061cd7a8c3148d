"""The desks of this wing in the Django admin, as `forums.moderation.desks` has them."""
