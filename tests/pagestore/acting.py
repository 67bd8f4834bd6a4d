"""A process beside the web workers that acts as the desk, the provider or a command would: told on its standard input.

Each line is JSON: {"act": name, ...}. The name is of a function in tests/pagestore/acts.py or an acts_of_*.py, and its answer comes back as a line.
"""

import json
import sys
import traceback

import django

django.setup()

from tests.pagestore import acts, acts_of_members, acts_of_proofs  # noqa: E402  (Django must be set up before models are imported)

ACTS = {**vars(acts), **vars(acts_of_members), **vars(acts_of_proofs)}


def main() -> None:
    """Do what each line says until there are no more."""
    print(json.dumps({"answer": "ready"}), flush=True)
    for line in sys.stdin:
        told = json.loads(line)
        try:
            answer = {"answer": ACTS[told.pop("act")](**told)}
        except Exception:  # the test that asked is told
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
