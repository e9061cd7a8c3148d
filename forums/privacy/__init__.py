"""What the house holds of a person, and what she may do about it (PDPA, s. 19, 30–34).

Each noun says of its own tables what it holds (`forums.base.personal`); here is what is made of that: the page that says it,
the copy, the leaving, and what she agreed to.
"""
