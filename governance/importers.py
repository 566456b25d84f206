"""What the kernel lets in from spreadsheets: units, and people with their roles."""

from governance.imports import kinds, people, units

kinds.register(units.IMPORTER)
kinds.register(people.IMPORTER)
