"""`.venv/bin/python -m tests.benchmarks.peers`: other forums on this machine, with our texts and the same work.

`sites.py` fetches each into a folder of its own, fills and starts it; `fill_*.py` run with its own Python and know its tables;
`work.py` asks all of them in turns and counts processor time. Nothing of theirs is kept in this repository. docs/peers.md says
what came of it.
"""
