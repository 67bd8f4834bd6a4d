"""What can be wrong with a line, or with what is to become one."""


class LineError(ValueError):
    """A line cannot be taken in; the message says what in it is wrong. Who reads the file adds its name and the line."""


class OutError(Exception):
    """Something could not be written or read; the message says, in one line, what and what to do."""
