#!/usr/bin/env bash
# Gradescope runs this once, as root, on Ubuntu, when it builds the image from autograder.zip. docs/deploying.md, "Gradescope".
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
export DEBIAN_FRONTEND=noninteractive

apt-get update
apt-get install -y --no-install-recommends bubblewrap libseccomp2
python=""
for version in 3.13 3.12 3.11; do
  if apt-get install -y --no-install-recommends "python$version" "python$version-venv"; then
    python="python$version"
    break
  fi
done
if [ -z "$python" ]; then
  echo "This image has no Python from 3.11 to 3.13: choose a newer Ubuntu in the assignment's settings." >&2
  exit 1
fi
"$python" -m venv "$root/venv"
"$root/venv/bin/python" -m pip install --quiet -r "$root/source/course/requirements.txt"

# The whole way once, with our own answers: what cannot work on a hand-in fails here, and says why in the log of the build.
mkdir -p "$root/rehearsal" "$root/rehearsal/results"
cp -r "$root/source/rehearsal" "$root/rehearsal/submission"
AUTOGRADER_SUBMISSION="$root/rehearsal/submission" AUTOGRADER_RESULTS="$root/rehearsal/results" bash "$root/source/run_autograder"
cat "$root/rehearsal/results/results.json"
rm -r "$root/rehearsal" "$root/source/rehearsal"
