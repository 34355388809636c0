"""One module a command of ``nianbao``."""
