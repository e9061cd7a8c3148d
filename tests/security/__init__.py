"""What someone who means harm would try; figures and sources of the payloads in docs/THREATS.md."""
