"""Tests of the packet: pages, binding, seal and proof."""
