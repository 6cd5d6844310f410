#!/usr/bin/env python3
import csv
import sys

print(list(csv.reader(sys.stdin)))
