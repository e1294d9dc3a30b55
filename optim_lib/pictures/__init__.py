"""Everything that matplotlib draws. Add a picture here."""
