# SPDX-License-Identifier: MIT
"""python3 -m iphlpapi script.py [argument...]: runs a script that was written for Windows."""
import os
import runpy
import sys

import iphlpapi


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: python3 -m iphlpapi script.py [argument...]")
    iphlpapi.install()
    del sys.argv[0]
    # As python3 script.py does.
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
    runpy.run_path(sys.argv[0], run_name="__main__")


main()
