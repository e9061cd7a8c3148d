"""The traffic log of the Computer Crime Act (s. 26): who asked for what kind of page, from where, for 90 days.

1. A line is noted in the memory of the process and written within a second, by a thread of its own: no request waits for
   it, and one whose line is lost was answered all the same (`recording`).
2. A line says time, address and port, account, and the kind of request; never what was written or searched for.
3. A table a day, which is dropped whole on the 91st; nothing else ever changes or deletes a line.
4. Nobody reads it but who was given the right, in the admin; each look says why, is kept, and cannot be unsaid.
5. It outlives the account: lines hold a number, which belongs to nobody once its member is erased.
"""
