"""hotseat: practise with a difficult customer."""

import os

# pydantic-ai greets a terminal with an advertisement, in the middle of a conversation.
os.environ.setdefault("PYDANTIC_AI_NO_BANNER", "1")
