"""Benchmarks and generators that measure nianbao; nothing in assistant/ imports them."""
