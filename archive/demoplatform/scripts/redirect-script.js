// Moves on to wherever it was told.
location.href = TARGET;
