"""Makes one of the tiny models: python3 make.py pictures|sounds|objects [options of the recipe]."""
import importlib
import os
import sys

# Threads that wait should sleep, not spin: on a busy machine spinning costs more than the work. Read when torch loads.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
RECIPES = ["pictures", "sounds", "objects"]

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in RECIPES:
        sys.exit(f"say which model: python3 make.py {'|'.join(RECIPES)} [--help]")
    importlib.import_module(f"{sys.argv.pop(1)}.make").main()
