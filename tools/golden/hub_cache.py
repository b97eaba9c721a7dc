"""Shows how Python's huggingface_hub keeps a model, and whether it finds one that somebody else put into its cache.

    HF_ENDPOINT=http://127.0.0.1:PORT python hub_cache.py download CACHE ORGANISATION/NAME
    HF_HUB_OFFLINE=1 python hub_cache.py read CACHE ORGANISATION/NAME

Both print JSON: the snapshot's folder and the size of each of its files. packages/models/test/integration/hub-python.test.ts
runs it, with the interpreter that DEEPFFMPEG_PYTHON names. Needs: pip install huggingface_hub
"""

import json
import sys
from pathlib import Path

from huggingface_hub import __version__, scan_cache_dir, snapshot_download

command, cache, repository = sys.argv[1:]
folder = Path(
    snapshot_download(
        repository,
        cache_dir=cache,
        local_files_only=command == "read",
        allow_patterns=["*.json", "onnx/text_model.onnx*", "onnx/vision_model.onnx"],
    )
)
scanned = scan_cache_dir(cache)
print(
    json.dumps(
        {
            "version": __version__,
            "path": str(folder),
            "files": {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()},
            "repositories": [repo.repo_id for repo in scanned.repos],
            "bytes": scanned.size_on_disk,
            "references": {ref: revision.commit_hash for repo in scanned.repos for ref, revision in repo.refs.items()},
            "warnings": [str(warning) for warning in scanned.warnings],
        }
    )
)
