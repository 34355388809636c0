"""Chat models behind any OpenAI-compatible endpoint; the only package that knows openai and langchain."""
