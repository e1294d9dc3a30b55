"""What check() is made of: the table of mistakes, and the walks that tell one from another."""
