"""The directory (ทำเนียบเครือข่าย): every network that is listed, searched, filtered, sorted, and on a map.

1. A value it does not know is left out, as if it had not been asked for: nothing here fails.
2. Three orders, none of them by agreement or praise; a page costs the same wherever it is.
"""
