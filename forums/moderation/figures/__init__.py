"""How the house does: what waits, how long deciding takes, what is new. The start page of the admin.

1. Each figure reads the newest rows only, by an index: a page costs the same after ten years.
2. A chart is drawn here, as SVG, and its table stands beside it.
"""
