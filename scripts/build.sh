#!/usr/bin/env bash
# Builds the optimised server and the site, if they changed. Side by side: where one has work for one
# core alone, the other takes the second.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/path.sh

make --no-print-directory site &
site=$!
trap 'kill "$site" 2>/dev/null || true' EXIT
cargo build --quiet --release -p backend
wait "$site"
trap - EXIT
