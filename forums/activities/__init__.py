"""An activity (กิจกรรม) is a time and a place at which networks meet.

1. It ends after it starts, and never has more people going than places: the database holds both.
2. Who comes when it is full waits in the order of answering, and moves up when a place is free.
3. Those who answered are told when it changes or is cancelled.
4. One that only the hosts' members may know of shows nowhere else.
5. Afterwards a short report says what was done, how many came and what was learned.
"""
