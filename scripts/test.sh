#!/usr/bin/env bash
# Runs everything that must hold before a change lands; docs/testing.md explains the parts.
# Nothing is skipped: what is missing fails, with the reason.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/path.sh

# Stores that live for one test lie in memory where there is room: they have to outlive a killed process,
# which they do there as well, not a machine.
in_memory=/dev/shm
gib() { awk -v name="$1" '$1 == name ":" { print int($2 / 1048576) }' /proc/meminfo; }
if [ -z "${TMPDIR:-}" ] && [ -w "$in_memory" ] && [ "$(gib MemAvailable)" -ge 8 ] &&
    [ "$(df --output=avail --block-size=1G "$in_memory" | tail -n 1)" -ge 4 ]; then
    export TMPDIR="$in_memory"
fi

logs=$(mktemp -d "${TMPDIR:-/tmp}/chengxi-test.XXXXXX")
site=
clean_up() {
    # With everything that it has begun.
    [ -z "$site" ] || kill -- "-$site" 2>/dev/null || true
    rm -rf "$logs"
}
trap clean_up EXIT
built=$(realpath -m "${CARGO_TARGET_DIR:-target}")/debug
# The server that the API tests have built: an optimised one takes longer to build than it saves.
chengxi=$built/chengxi
# A first build is not to write what only a next one or a debugger reads; who builds by hand as well keeps both.
if ! compgen -G "$built/incremental/*" >/dev/null; then
    export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=false
fi
wasm=wasm32-unknown-unknown

step() { printf '\n=== %s (%s min %02d s)\n' "$1" $((SECONDS / 60)) $((SECONDS % 60)); }

fail() {
    printf 'test: %s\n' "$*" >&2
    exit 1
}

# Adds up the numbers that stand before the word $1 in the closing lines that match $2 in file $3.
count() { { grep -E "$2" "$3" || true; } | { grep -oE "[0-9]+ $1" || true; } | awk '{ sum += $1 } END { print sum + 0 }'; }

step "what the tests need"
scripts/setup.sh test
# What was just installed is found from here on.
. scripts/path.sh

step "format"
cargo fmt --all --check
(cd e2e && npx --no-install tsc --noEmit)

# Lints ride along when something is built: a pass of their own would read everything once more.
lints=(RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS='-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__')
linted() { env "${lints[@]}" "$@"; }

# The site occupies one core for a while, and the tests seldom need both all the time.
pages=$built/site
setsid env "${lints[@]}" cargo run --quiet -p bundler -- --quick --out "$pages" >"$logs/site" 2>&1 &
site=$!

step "the walls of crates: shared does no IO (the site, begun above, compiles it for browsers), the frontend holds nothing of the server"
tree=$(cargo tree -p frontend --target "$wasm" -e normal,no-proc-macro --prefix none -f '{p}')
if intruders=$(grep -E '^(sea-orm|tokio|actix-web) ' <<<"$tree"); then
    fail "the frontend depends on ${intruders//$'\n'/, }"
fi
tree=$(cargo tree -p shared -e normal,no-proc-macro --prefix none -f '{p}')
if intruders=$(grep -E '^(sea-orm|sqlx|sqlx-core|tokio|mio|socket2|actix-.*|reqwest|hyper|redis|wasm-bindgen) ' <<<"$tree"); then
    fail "shared, which does no IO, depends on ${intruders//$'\n'/, }"
fi

passed=0
failed=0
# Where tests tell of numbers and tokens that they left behind in plain, and where servers of journeys leave everything.
export CHENGXI_TEST_FINDINGS="$logs/findings"
kept="$logs/kept"
mkdir "$kept"

# A test often waits for a store or a clock; a second one makes use of that.
export NEXTEST_TEST_THREADS=$(($(nproc) * 3 / 2))

if cargo nextest --version >/dev/null 2>&1; then
    run=(cargo nextest run)
    closing='^ *Summary '
else
    run=(cargo test)
    closing='^test result: '
fi

# The pages and what builds them are linted above. To build the pages' own tests for this machine takes minutes, and so
# does it to link benchmarks: a usual run leaves both to a whole one.
crates=(--workspace)
[ -n "${CHENGXI_TEST_WHOLE:-}" ] || crates+=(--exclude frontend --exclude bundler)

step "clippy, and what it builds: programs and tests"
linted "${run[@]}" --no-run "${crates[@]}"

if [ -n "${CHENGXI_TEST_WHOLE:-}" ]; then
    step "benchmarks can be built"
    linted cargo build --quiet --workspace --benches
fi

step "rules and API, on SQLite and on PostgreSQL with Redis"
status=0
ask() { linted scripts/with-services.sh "${run[@]}" "${crates[@]}" --no-fail-fast "$@" 2>&1 | tee -a "$logs/cargo" || status=1; }
if [ -n "${CHENGXI_TEST_WHOLE:-}" ] || [ "${run[1]}" != nextest ]; then
    ask
else
    # What the embedded store has answered, a usual run asks the other one in part: always the same quarter.
    ask -E 'not test(/\bpostgres::/)'
    ask -E 'test(/\bpostgres::/)' --partition hash:1/4
fi
rust_passed=$(count passed "$closing" "$logs/cargo")
rust_failed=$(($(count failed "$closing" "$logs/cargo") + $(count 'timed out' "$closing" "$logs/cargo")))
passed=$((passed + rust_passed))
failed=$((failed + rust_failed))
[ "$rust_passed" -gt 0 ] || fail "no test of the workspace passed."
[ "$status" -eq 0 ] || [ "$rust_failed" -gt 0 ] || fail "the test runner failed; its message is above."

step "certificates, judged by libraries that are not ours"
status=0
(cd e2e/verify && npm test --silent -- --test-reporter=tap) 2>&1 | tee "$logs/verify" || status=1
tap() { awk -v name="$1" '$1 == "#" && $2 == name { sum += $3 } END { print sum + 0 }' "$logs/verify"; }
verify_passed=$(tap pass)
verify_failed=$(($(tap fail) + $(tap cancelled)))
passed=$((passed + verify_passed))
failed=$((failed + verify_failed))
[ $((verify_passed + verify_failed)) -gt 0 ] || fail "no library of others judged a certificate."
[ "$status" -eq 0 ] || [ "$verify_failed" -gt 0 ] || fail "the runner of e2e/verify failed; its message is above."

step "the site for the journeys, begun above"
wait "$site" || {
    cat "$logs/site" >&2
    fail "the site was not built."
}
site=

step "journeys in Chromium, on a phone and on a laptop"
status=0
(cd e2e && CHENGXI_BIN="$chengxi" CHENGXI_SITE_DIR="$pages" CHENGXI_KEEP="$kept" npx --no-install playwright test) 2>&1 |
    tee "$logs/journeys" || status=1
journeys='^ +[0-9]+ (passed|failed|flaky|skipped|did not run|interrupted)'
journeys_passed=$(count passed "$journeys" "$logs/journeys")
journeys_failed=$(($(count failed "$journeys" "$logs/journeys") + $(count 'did not run' "$journeys" "$logs/journeys")))
passed=$((passed + journeys_passed))
failed=$((failed + journeys_failed))
[ "$journeys_passed" -gt 0 ] || fail "no journey passed."
[ "$status" -eq 0 ] || [ "$journeys_failed" -gt 0 ] || fail "the journeys' runner failed; its message is above."

step "what the tests and the servers of the journeys left behind: no number, phone, password or token in plain"
scripts/canary.sh "$kept" || failed=$((failed + 1))
if [ -s "$CHENGXI_TEST_FINDINGS" ]; then
    cat "$CHENGXI_TEST_FINDINGS" >&2
    failed=$((failed + 1))
fi

step "done"
printf '%d passed, %d failed; in the words of those who ran them:\n' "$passed" "$failed"
closing_lines() { grep -hE "$2" "$3" | sed "s/^ */$1: /" || true; }
closing_lines rules-and-api "$closing" "$logs/cargo"
closing_lines verify '^# (tests|pass|fail|cancelled|skipped) ' "$logs/verify"
closing_lines journeys "$journeys" "$logs/journeys"
[ "$failed" -eq 0 ]
