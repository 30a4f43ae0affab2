#!/bin/bash
# What `make test` does: one build, then the Swift tests, then the black-box suites against the binary that was built.
# All suites run even when one fails; the last lines say what passed.
set -uo pipefail
cd "$(dirname "$0")/.."
scripts/prepare.sh test || exit 1

logs=.build/test-logs
mkdir -p "$logs"
failed=0

swift build --build-tests || exit 1

swift test --skip-build --parallel --skip '^(OutgoingTests\.|HubServerTests\.|HubSandboxTests\.ShopifyAdminTests)' 2>&1 | tee "$logs/swift.log"
swift_status=${PIPESTATUS[0]}
# Whole hubs, and the matrix of every route: beside them the others would run into their time limits on two cores.
swift test --skip-build --parallel --filter '^HubServerTests\.' 2>&1 | tee "$logs/swift-server.log"
server_status=${PIPESTATUS[0]}
# These wait for real time-outs of real sockets, or empty a bucket faster than it fills: hundreds of tests beside them
# could starve them.
swift test --skip-build --no-parallel --filter '^(OutgoingTests\.|HubSandboxTests\.ShopifyAdminTests)' 2>&1 | tee "$logs/swift-outgoing.log"
outgoing_status=${PIPESTATUS[0]}
[[ $swift_status -eq 0 && $server_status -eq 0 && $outgoing_status -eq 0 ]] || failed=1

# Two at once: the hub under test wants a core for itself, and the waits are bounded.
.venv/bin/pytest -n 2 --dist worksteal --color=no Tests/Faults Tests/Interop Tests/Identity Tests/Browser 2>&1 | tee "$logs/black-box.log"
black_box_status=${PIPESTATUS[0]}
[[ $black_box_status -eq 0 ]] || failed=1

echo
echo "Outgoing tests:  $(grep -E 'Test run with .* (passed|failed)' "$logs/swift-outgoing.log" | tail -1 | sed 's/^[^A-Za-z]*//' || true)$([[ $outgoing_status -eq 0 ]] || echo " FAILED ($outgoing_status), see $logs/swift-outgoing.log")"
echo "Swift tests:     $(grep -E 'Test run with .* (passed|failed)' "$logs/swift.log" | tail -1 | sed 's/^[^A-Za-z]*//' || true)$([[ $swift_status -eq 0 ]] || echo " FAILED ($swift_status), see $logs/swift.log")"
echo "Server tests:    $(grep -E 'Test run with .* (passed|failed)' "$logs/swift-server.log" | tail -1 | sed 's/^[^A-Za-z]*//' || true)$([[ $server_status -eq 0 ]] || echo " FAILED ($server_status), see $logs/swift-server.log")"
echo "Black-box tests: $(tail -1 "$logs/black-box.log" | sed -E 's/^=+ | =+$//g')$([[ $black_box_status -eq 0 ]] || echo " FAILED ($black_box_status), see $logs/black-box.log")"
exit $failed
