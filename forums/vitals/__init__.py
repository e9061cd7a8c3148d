"""How the site itself does, for the machine's keeper: what keeps it from serving, what is not in order beside.

1. A stranger hears yes or no; what is amiss, only who brings the keeper's token, runs `manage.py ready`, or works in the admin.
2. No more than the database away or behind the code keeps a page from being served: whatever else is amiss is said, and served
   on. A worker that died must not take the pages down with it.
3. The worker's parts say by themselves when they last came round; nobody asks a process whether it lives.
"""
