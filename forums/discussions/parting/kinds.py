"""What becomes of texts when their author leaves, in this order: others' first, while it is known what was hers."""

from forums.base.personal import erases
from forums.discussions.parting import actions

erases("texts-of-others", place=15)(actions.forget_in_texts)
erases("texts", place=20)(actions.empty_posts)
erases("pictures", place=25)(actions.drop_pictures)
erases("search", place=65)(actions.forget_entries)
