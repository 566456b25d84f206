"""`manage.py load_demo [--policy KEY]`: the invented organisation and what each app has to show in it."""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import module_has_submodule

from governance.demo import organisation
from governance.policy.reader import shipped

KERNEL = "governance"


class Command(BaseCommand):
    """Makes what is missing of the demo; may be run again at will."""

    help = "Load the demo data; with --policy, adopt that municipality's policy where another one holds."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the policy."""
        parser.add_argument("--policy", choices=sorted(shipped()), help="the municipality whose policy is to hold")

    def handle(self, *args, **options) -> None:
        """Load the organisation, then each app's own demo data in the order of INSTALLED_APPS."""
        if not settings.DEMO:
            raise CommandError("Demo data is loaded only where UPPSIKT_DEMO=1.")
        held = organisation.load(options["policy"])
        for config in apps.get_app_configs():
            if config.name != KERNEL and module_has_submodule(config.module, "demo"):
                import_module(f"{config.name}.demo").load()
        self.stdout.write(f"demo: {held}")
