"""`manage.py show_registrations`: what the apps have registered with the kernel, as docs/architecture.md lists it."""

from django.core.management.base import BaseCommand

from governance import followups, rules, workflow


class Command(BaseCommand):
    """Prints who reacts to what, which rules there are, and which guards a higher app has set."""

    help = "Show the subscribers to events, the rules, and the guards set on other apps' steps."

    def handle(self, *args, **options) -> None:
        """Print each kind under its own heading, in order."""
        self.stdout.write("Subscribers")
        for name, subscriber in sorted(followups.subscribers.items()):
            self.stdout.write(f"  {name}: {', '.join(sorted(subscriber.actions))}")
        self.stdout.write("Rules")
        for model, names in sorted(rules.registered().items()):
            self.stdout.write(f"  {model}: {', '.join(names)}")
        self.stdout.write("Guards")
        for (model, step), guards in sorted(workflow.registered_guards().items()):
            self.stdout.write(f"  {model}.{step}: {', '.join(guards)}")
