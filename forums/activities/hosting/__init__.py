"""What the networks that hold an activity do: announce, change, cancel and report it, hold it together."""
