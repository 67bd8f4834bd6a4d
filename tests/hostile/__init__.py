"""Hostile input: nothing that anybody writes or uploads is executed, lost in silence, or answered with a crash."""
