"""What trainers do with content: edit, compare, try out, publish, calibrate, review, import.

The files on disk remain the truth. What is decided here is pure or goes through the store; the
pages over it are `web`'s.
"""
