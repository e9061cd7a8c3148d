"""Pages of the house: about, rules, privacy, terms; and the footer's links. Edited in the admin."""
