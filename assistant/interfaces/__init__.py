"""Where people and programs reach nianbao: the command line, the Python API, the chat."""
