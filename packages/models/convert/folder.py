"""The JSON files of a model's folder."""
import json
from pathlib import Path

from channel import ConversionError


def rounded(value):
    """A float32 as people write it: the digits beyond the seventh are its neighbours'."""
    return float(f"{value:.7g}")


def write_json(path, value):
    Path(path).write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_json(path):
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConversionError(f"{path} cannot be read as JSON: {error}") from error


def hub_file(source, name):
    """The path of a file of a folder or of a hub repository, or None where it has none. Names are looked up on the hub."""
    if Path(source).is_dir():
        path = Path(source) / name
        return path if path.is_file() else None
    if Path(source).exists():
        raise ConversionError(f"{source} is a file; a folder or a name on the hub was expected")
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(hf_hub_download(source, name))
    except LocalEntryNotFoundError as error:
        raise ConversionError(
            f"{source} is no folder here, and {name} of it is neither in the hub's cache nor to be had: {error}"
        ) from error
    except EntryNotFoundError:
        return None
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        raise ConversionError(f"{source} is no folder here, and cannot be had from the hub: {error}") from error


def require_file(source, name, hint=""):
    path = hub_file(source, name)
    if path is None:
        raise ConversionError(f"{source} lacks {name}{hint}")
    return path
