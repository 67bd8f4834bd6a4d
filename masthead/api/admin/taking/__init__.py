"""What programs send, taken field by field: what is not named here is ignored."""
