"""What becomes of texts when their author leaves the site.

Under her name: nothing. Without it: where others quote or name her, a former member stands. Emptied: her own texts and pictures
go, a placeholder keeps each place, and what others quoted of them goes too. What she wrote in a network's name is the
network's, and stays, without her name.
"""
