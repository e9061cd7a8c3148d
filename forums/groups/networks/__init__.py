"""A network (เครือข่าย) is people and organisations who work on one matter.

1. Everybody may know that it exists and what it is for; what its boards hold, the boards say.
2. One that is not archived has a coordinator: the database holds it.
3. Nothing of it is forgotten: who did what stands in its history (`Event`), which only grows.
4. A name is one network's, whatever its case, spaces or invisible characters.
5. What nobody has confirmed for twelve months says so.
"""
