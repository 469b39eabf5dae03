#!/usr/bin/env bash
# Prints the figures of docs/benchmarks.md, one `name value unit` a line; all else goes to stderr.
#   scripts/bench.sh [empty|postgres|sqlite|cpu|roster|assembly|bank|scorer|study|visits|leak …]     without a name: all of
#   them but leak, which takes a quarter of an hour or more
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/path.sh

groups=("$@")
[ "${#groups[@]}" -gt 0 ] || groups=(empty postgres sqlite cpu roster assembly bank scorer study visits)
report=$(mktemp "${TMPDIR:-/tmp}/chengxi-bench.XXXXXX")
trap 'rm -f "$report"' EXIT

scripts/setup.sh test >&2
. scripts/path.sh
figures=(cargo bench --quiet -p backend --bench figures --)
exam=()
for group in "${groups[@]}"; do
    case $group in
    visits)
        scripts/build.sh >&2
        chengxi=$(realpath -m "${CARGO_TARGET_DIR:-target}")/release/chengxi
        (cd e2e && CHENGXI_BIN="$chengxi" CHENGXI_BENCH_REPORT="$report" \
            npx --no-install playwright test --config bench.config.ts) >&2
        ;;
    empty | postgres | sqlite | cpu) exam+=("$group") ;;
    roster | study | bank) scripts/with-services.sh "${figures[@]}" "$group" | tee -a "$report" >&2 ;;
    assembly | scorer | leak) "${figures[@]}" "$group" | tee -a "$report" >&2 ;;
    *)
        echo "bench: there is no group '$group'" >&2
        exit 2
        ;;
    esac
done
if [ "${#exam[@]}" -gt 0 ]; then
    scripts/with-services.sh "${figures[@]}" exam "${exam[@]}"
fi
cat "$report"
