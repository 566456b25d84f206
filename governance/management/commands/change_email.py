"""`manage.py change_email OLD NEW`: a person signs in with another address from now on."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from governance import people
from governance.models import User


class Command(BaseCommand):
    """Gives a person another address, as the page of the person does."""

    help = "Give a person another address to sign in with; the old one neither signs in nor gets mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address that holds now, and the new one."""
        parser.add_argument("old")
        parser.add_argument("new")

    def handle(self, *args, **options) -> None:
        """Change it, or say why it cannot be changed."""
        new = options["new"].lower()
        user = User.objects.filter(email=options["old"].lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the address {options['old']}.")
        try:
            validate_email(new)
        except ValidationError as error:
            raise CommandError(f"{new} is no e-mail address.") from error
        if User.objects.filter(email=new).exclude(pk=user.pk).exists():
            raise CommandError(f"Somebody else has the address {new}.")
        people.change_email(user, new, by=None)
        self.stdout.write(f"{options['old'].lower()}: {new}")
