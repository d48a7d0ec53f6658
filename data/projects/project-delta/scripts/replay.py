"""Replays warnings that were queued but never sent."""

from __future__ import annotations

import argparse
import re

UNITS = {"s": 1, "m": 60, "h": 3600}
MAX_REPLAY_SECONDS = 6 * 3600


def parse_duration(text: str) -> int:
    """'30m' becomes 1800; anything longer than six hours is refused."""
    match = re.fullmatch(r"(\d+)([smh])", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"not a duration: {text!r}")
    seconds = int(match[1]) * UNITS[match[2]]
    if seconds > MAX_REPLAY_SECONDS:
        raise argparse.ArgumentTypeError("warnings older than six hours are not replayed")
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--since", type=parse_duration, default=1800)
    options = parser.parse_args()
    # TODO: read the outbox instead of only announcing what would be replayed
    print(f"Replaying warnings of the last {options.since} seconds")


if __name__ == "__main__":
    main()
