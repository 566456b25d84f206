"""guardian's rows for accounts, by direct foreign keys: the projection of the duties that access reads."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.models.account import Account


class AccountUserObjectPermission(UserObjectPermissionBase):
    """One permission of one person on one account."""

    content_object: models.ForeignKey = models.ForeignKey(Account, on_delete=models.CASCADE)


class AccountGroupObjectPermission(GroupObjectPermissionBase):
    """guardian wants the pair; no group is ever given a permission."""

    content_object: models.ForeignKey = models.ForeignKey(Account, on_delete=models.CASCADE)
