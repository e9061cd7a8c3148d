"""What every wing stands on: refusals with words, limits and paces, forms, pages of lists, who may see. No table."""
