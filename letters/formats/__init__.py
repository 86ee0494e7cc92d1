"""One file per format of a letter, and the child process in which they run (see letters/extract.py)."""
