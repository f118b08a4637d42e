"""``python -m compare`` is the same as ``crossread``."""

from compare.cli import main

if __name__ == "__main__":
    main()
