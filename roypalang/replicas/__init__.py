"""Pages that are only read come from replicas, where DATABASE_REPLICAS names some (decision 086).

1. Only a GET or HEAD, never the admin, accounts, or a visitor's page that is to be kept; and only until it writes.
2. Who somebody is, and what is known with her, is asked of the server that is written to, always.
3. Whoever has written reads from a replica only when that has taken in what she wrote: her browser says how far.
4. A replica that is further behind than FORUMS_REPLICA_BEHIND, or does not answer, is left out; one that goes away amid a
   page is left out at once, and the page is made anew without it.
"""
