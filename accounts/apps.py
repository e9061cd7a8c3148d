from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Members")

    def ready(self) -> None:
        # They hear of addresses that are proven, of recovery codes that are used, of sessions that end.
        # Before a provider is looked for, allauth must know which class it is.
        from allauth.socialaccount.providers import registry

        from accounts import first_proof, kinds, second_step, sessions  # noqa: F401
        from accounts.bounces import kinds as bounces  # noqa: F401
        from accounts.providers.known import KNOWN

        for known in KNOWN:
            registry.register(known)
