"""What a reader of texts says when it refuses one."""


def refusal(read, text):
    """What a person is told when their text is not understood; None when it is."""
    try:
        read(text)
    except ValueError as error:
        return str(error)
    return None
