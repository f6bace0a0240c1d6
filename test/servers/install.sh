#!/bin/sh
# Installs what the protocol tests talk to, once; run again it changes nothing. WEIR_TOOLS names the folder, default ~/.cache/weir-tools.
set -eu
tools="${WEIR_TOOLS:-$HOME/.cache/weir-tools}"
venv="$tools/tritonclient"
version=2.73.0 # the newest of the registry on 2026-11-21
if [ "$("$venv/bin/python" -c 'import importlib.metadata as m; print(m.version("tritonclient"))' 2>/dev/null)" = "$version" ]; then
  exit 0
fi
mkdir -p "$tools"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet "tritonclient[http]==$version"
