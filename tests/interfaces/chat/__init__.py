"""Tests of the chat without its page."""
