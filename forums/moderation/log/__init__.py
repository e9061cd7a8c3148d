"""The open ledger of moderation: every decision, by office and not by name, with its rule and what came of asking again.

1. Who decided and who wrote is never told; personal data in a reason is blacked out.
2. LogFilters by rule, act, network and month; a feed; each year's figures, as a page and as CSV.
3. What only some may read leaves no trace for the others (`Decision.objects.visible_to`); figures count all.
"""
