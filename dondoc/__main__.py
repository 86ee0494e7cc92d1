"""`python -m dondoc`."""

from dondoc.cli import main

main()
