#!/usr/bin/env bash
# Makes the shared library of libxsmm_peer.c out of the static libxsmm that Debian's libxsmm-dev installs.
# usage: native/libxsmm-peer/build.sh OUTPUT.so
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: $0 OUTPUT.so" >&2; exit 2; }
gcc -shared -fPIC -O2 -fvisibility=hidden -o "$1" "$(dirname "${BASH_SOURCE[0]}")/libxsmm_peer.c" \
  -Wl,--exclude-libs,ALL -lxsmm -lxsmmnoblas -lpthread -ldl -lm
