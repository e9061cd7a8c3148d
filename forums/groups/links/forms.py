"""What is typed about a link."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib.postgres.search import SearchRank
from django.db.models import F, Q, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.form_fields import Text, seeking
from forums.base.tsquery import Matches, TsQuery
from forums.groups.links.models import LinkKind
from forums.groups.networks.models import Network
from forums.text.thai import name_key, tsquery_any, words


class NetworkLinkForm(forms.Form):
    """Which network, and how. `found` are those that may be meant, to choose from."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How are the two linked?"),
        choices=[
            (LinkKind.LINKED, gettext_lazy("We work with it")),
            (LinkKind.PARENT, gettext_lazy("We are part of it")),
        ],
        widget=forms.RadioSelect,
        initial=LinkKind.LINKED,
    )
    other = Text(
        label=gettext_lazy("Name of the other network"),
        max_length=300,
        help_text=gettext_lazy("Or some words of it, or the address of its page."),
        error_messages={"required": gettext_lazy("Please write the name of the other network.")},
    )
    choice = forms.CharField(required=False, max_length=80)

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network
        others = f"/suggest/networks/?network={quote(network.slug)}"
        self.fields["other"].widget.attrs.update(seeking(others))
        self.found: list[dict[str, str]] = []

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        typed = values.get("other")
        if not typed:
            return values
        slug = values.get("choice") or typed.rstrip("/").rpartition("/n/")[2]
        listed = Network.objects.listed()
        named = listed.filter(slug=slug).first() or listed.filter(name_key=name_key(typed)).first()
        if named is None and (gone := _closed(slug, typed)) is not None:
            self.add_error("other", gone)
        elif named is None:
            self.found = of_words(typed, but=self.network)
            self.add_error(
                "other",
                _("Which of these do you mean?")
                if self.found
                else _(
                    "We found no network of this name. Please look whether it is registered here."
                ),
            )
        values["network"] = named
        return values


def _closed(slug: str, typed: str) -> str | None:
    """Why the network that bears this name or address cannot be linked; None where none does."""
    shown = Network.objects.shown().select_related("merged_into")
    found = shown.filter(Q(slug=slug) | Q(name_key=name_key(typed))).first()
    if found is None:
        return None
    if found.merged_into is not None and found.merged_into.hidden_at is None:
        names = {"network": found.name, "into": found.merged_into.name}
        return _("“%(network)s” was merged into “%(into)s”. Write that name instead.") % names
    return _("“%(network)s” is archived, so it can no longer be linked with.") % {
        "network": found.name
    }


def of_words(typed: str, *, but: Network) -> list[dict[str, str]]:
    """Up to eight open networks that hold some of the words typed, best first."""
    query = tsquery_any(words(typed)[:12])
    if not query:
        return []
    asked = TsQuery(Value(query))
    rank = SearchRank(F("search_words"), asked, normalization=Value(1))
    found = Network.objects.listed().exclude(pk=but.pk).filter(Matches(F("search_words"), asked))
    found = found.order_by(rank.desc(), "pk")
    return [
        {"slug": slug, "name": name, "aim": aim}
        for slug, name, aim in found.values_list("slug", "name", "aim")[:8]
    ]
