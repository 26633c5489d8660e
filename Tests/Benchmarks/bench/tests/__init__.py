"""Tests of the harness: python3 -m unittest discover -s tests -t . in its folder."""
