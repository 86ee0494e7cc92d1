"""Faults, counted: the product's own processes killed and cut off again and again, and what the vendor's ledger says of it."""
