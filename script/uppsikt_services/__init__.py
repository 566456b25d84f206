"""What `script/server` and `script/test` start and watch: PostgreSQL, Valkey and the processes of the app."""
