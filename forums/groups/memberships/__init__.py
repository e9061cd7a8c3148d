"""A membership (การเป็นสมาชิกเครือข่าย) is one person in one network, with one role.

1. One person, one membership in a network; leaving deletes the row, the history keeps it.
2. Joining is open, by request or by invitation, as the network says; an invitation opens every door.
3. The last coordinator cannot leave, nor be removed or given another role, before handing over.
4. Who was removed comes back only by a coordinator's yes (docs/decisions/031).
5. Roles are asked once a request (`roles_of`); an action that decides by one asks again, under lock.
"""
