"""What measures; each module prints its figures."""
