"""What a letter says: text → `models.reading.Reading`. Pure: no database, no clock, no network."""

from letters.frame.secrecy import is_classified
from letters.reader import read

__all__ = ["is_classified", "read"]
