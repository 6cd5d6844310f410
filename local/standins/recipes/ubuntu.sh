#!/usr/bin/env bash
# ubuntu:24.04: a minimal root with bash and apt.
# shellcheck disable=SC2034 # read by `build`
config='{"Cmd":["/bin/bash"]}'
