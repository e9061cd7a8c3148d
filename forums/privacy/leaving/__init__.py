"""Leaving the site: asked for with the password, confirmed by mail, done fourteen days later, by the worker, in pieces.

Until then she may sign in and stay. What becomes of each thing its noun says (`forums.base.personal`); here is only the order,
and how far it is. The row of the member stays, empty, for what others rely on; her handle is nobody's any more.
"""
