#!/usr/bin/env bash
# Looks through what the servers of the journeys have logged and stored:
#   scripts/canary.sh FOLDER
# No document number, phone, password or token may lie there in plain. The folder holds `planted`, one secret a line,
# and what each server left behind (e2e/canary.ts). Whole numbers begin with 330199 and phones with 1990000 all over
# the demo province, and nobody has such ones.
set -euo pipefail

kept=$1
shopt -s nullglob
left=("$kept"/*.log "$kept"/*.sqlite*)
if [ ${#left[@]} -eq 0 ] || [ ! -s "$kept/planted" ]; then
    echo "canary: no server left anything behind in $kept; the journeys did not keep it." >&2
    exit 1
fi

found=0
for file in "${left[@]}"; do
    if said=$(grep -aoE -m 3 '330199(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx]|1990000[0-9]{4}' "$file"); then
        printf 'canary: %s holds %s\n' "${file##*/}" "${said//$'\n'/, }" >&2
        found=1
    fi
    # Which secret it is, is not told again.
    if grep -aqFf "$kept/planted" "$file"; then
        printf 'canary: %s holds a password or a token\n' "${file##*/}" >&2
        found=1
    fi
done
[ "$found" -eq 0 ] || exit 1
printf '%d files of servers hold nothing that was planted\n' "${#left[@]}"
