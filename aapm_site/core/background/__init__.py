"""Work outside of requests: the queue, and what is due by the clock."""
