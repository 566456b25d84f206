"""What a plan says, what it lacks, and how one version follows another."""
