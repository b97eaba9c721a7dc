"""What is said to the caller: a JSON object a line, on what was stdout when the program began."""
import json
import os
import sys


class ConversionError(Exception):
    """What the user can do something about; its message says what."""


class Channel:
    def __init__(self):
        # Libraries print where they like: their stdout becomes stderr.
        self._file = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        sys.stdout = sys.stderr

    def progress(self, text):
        self._send({"progress": text})

    def result(self, result):
        self._send({"result": result})

    def error(self, text):
        self._send({"error": text})

    def _send(self, message):
        self._file.write(json.dumps(message) + "\n")
        self._file.flush()
