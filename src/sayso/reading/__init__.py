"""Document -> annotations. One stage a file; `chain` is the order."""
