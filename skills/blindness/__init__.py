"""What must never change a score: swaps of identity in a document, and trials that score it with them."""
