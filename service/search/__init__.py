"""Finding again: an owner's uploads, and documents of a batch. A question comes in; what answers it goes out."""
