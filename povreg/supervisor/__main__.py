"""python -m povreg.supervisor."""

import sys

from povreg.supervisor.run import main

if __name__ == "__main__":
    sys.exit(main())
