"""What happens in the organisation, as far as accounts go: who leaves, who confirms, to which unit they belong."""
