"""What a member follows and how closely, and whom she does not want to hear.

- One row a thing she chose a level for; without a row it is what stands above it: topic, then network, board, tag, her default.
- A blocked person comes before all levels: she tells nothing, names nobody, writes nobody, and is not told of it.
- Levels decide what she is told and what counts as unread; never what she may read.
"""
