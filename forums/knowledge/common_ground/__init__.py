"""Common ground: the pages that tell what a topic's votes say, and gather what stands beside a figure.

Its rules: shared, differing and unsure stand side by side with equal weight, and what is none of them is listed too;
every figure comes through `results.access.figures_for`; beside a figure stands a reason where there is one; a page shows
a few of each and leads on to all, so that two hundred statements cost what ten do.
"""
