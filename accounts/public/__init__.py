"""What anybody may see of the register, without a login."""
