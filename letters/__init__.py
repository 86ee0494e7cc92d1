"""What a letter says: text → `models.reading.Reading`. Pure: no database, no clock, no network."""

from letters.reader import read
from letters.secrecy import is_classified

__all__ = ["is_classified", "read"]
