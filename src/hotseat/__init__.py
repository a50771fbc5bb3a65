"""hotseat: practise with a difficult customer."""
