"""Naming somebody in a text (@มาลี), so that she is told; and a network, by those who speak for it.

- The link is made when the text is rendered and is stored with it: a page that shows it asks nothing.
- Named can be whoever may read where the text stands, and has not blocked its writer; else the letters stay as typed.
- The first ten of a text count. A changed text tells those who were not named in it before.
- A network is named by its spokespersons and coordinators; its members are told where they are at most a hundred.
"""
