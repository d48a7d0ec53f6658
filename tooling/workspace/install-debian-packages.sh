#!/usr/bin/env bash
# Installs the Debian packages that some tests compare with or mount with, where this is Debian and we may.
# Without them those tests are skipped and say so.
set -euo pipefail

declare -A package_of=(
  [cat]=coreutils [grep]=grep [find]=findutils [sed]=sed [mkfs.ext4]=e2fsprogs [mount]=mount [strace]=strace
)

missing=()
for command in "${!package_of[@]}"; do
  PATH="$PATH:/usr/sbin:/sbin" command -v "$command" >/dev/null 2>&1 || missing+=("${package_of[$command]}")
done
[ "${#missing[@]}" -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
  echo "Not installed, tests that need them will be skipped: ${missing[*]}" >&2
  exit 0
fi
if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2; then
  echo "Could not install, tests that need them will be skipped: ${missing[*]}" >&2
fi
