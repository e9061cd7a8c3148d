"""What is typed about a link."""

from typing import Any

from django import forms
from django.contrib.postgres.search import SearchRank
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.base.tsquery import Matches, TsQuery
from forums.groups.links.models import LinkKind
from forums.groups.networks.models import Network
from forums.text.thai import name_key, tsquery_any, words


class NetworkLinkForm(forms.Form):
    """Which network, and how. `found` are those that may be meant, to choose from."""

    kind = forms.ChoiceField(
        label=_("How are the two linked?"),
        choices=[
            (LinkKind.LINKED, _("We work with it")),
            (LinkKind.PARENT, _("We are part of it")),
        ],
        widget=forms.RadioSelect,
        initial=LinkKind.LINKED,
    )
    other = Text(
        label=_("Name of the other network"),
        max_length=300,
        help_text=_("Or some words of it, or the address of its page."),
        error_messages={"required": _("Please write the name of the other network.")},
    )
    choice = forms.CharField(required=False, max_length=80)

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network
        self.found: list[dict[str, str]] = []

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        typed = values.get("other")
        if not typed:
            return values
        slug = values.get("choice") or typed.rstrip("/").rpartition("/n/")[2]
        listed = Network.objects.listed()
        named = listed.filter(slug=slug).first() or listed.filter(name_key=name_key(typed)).first()
        if named is None:
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
