"""One network merged into another: everything it holds follows, and its address leads there."""
