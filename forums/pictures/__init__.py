"""A picture (รูปภาพ) members put into a text, a cover or a document.

1. It is decoded in a process of its own and encoded anew; the original is never kept.
2. It belongs to whoever uploaded it until a post, an activity or a line of a ledger claims it.
3. Who may see that, sees the picture: each place says so in `registry`, asked anew on every request.
4. A row has its files: they are complete on disk before it is written.
"""
