"""What is done later: the outbox, jobs of the clock, the embedded queue."""
