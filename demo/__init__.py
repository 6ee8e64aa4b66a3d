"""A whole small town on loopback: platform servers with wire-true answers, and what its people posted."""
