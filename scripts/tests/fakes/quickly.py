"""What the fakes need of json: the C code below it, which takes no time to import. There are thousands of
them in a run of the tests, and the imports of one were most of its time."""
import os
from _json import encode_basestring_ascii as _string, make_encoder, make_scanner

_markers: dict = {}
_encode = make_encoder(_markers, None, _string, None, ": ", ", ", False, False, True)


class _Reading:
    strict, object_hook, object_pairs_hook = True, None, None
    parse_float, parse_int, parse_constant, memo = float, int, float, {}  # noqa: RUF012


_scan = make_scanner(_Reading())


def loads(text):
    return _scan(text.strip(), 0)[0]


def dumps(value):
    return "".join(_encode(value, 0))


def world():
    """The JSON file $EVERYPC_WORLD."""
    with open(os.environ["EVERYPC_WORLD"]) as file:
        return loads(file.read())


def matches(name, pattern):
    if pattern == "*":
        return True
    import fnmatch
    return fnmatch.fnmatchcase(name, pattern)


def log(suffix, text):
    """Notes a line in the file beside the world."""
    with open(os.environ["EVERYPC_WORLD"] + suffix, "a") as file:
        file.write(text + "\n")
