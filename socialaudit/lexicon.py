r"""Words and phrases that may offend, and how they are said: the content of ``lexicon.toml``.

``Lexicon`` undoes common disguises (full-width and look-alike letters, ``sh1t``, ``f**k``,
``f u c k``, ``fuuuck``) and counts a whole word only, so that Scunthorpe is safe. A word that is also
an ordinary one (cock, dyke, knob) counts only when it is said of a person ("you …", "he's a …").
Names of people and places, quotations that the writer condemns, and words reported as somebody
else's are left out. Web addresses and @handles are not read.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from socialaudit.disguise import LEFT_OUT, TRACES, fold, unmask
from socialaudit.rating import SCORES, Rating, Tier
from socialaudit.sieve import SIGNS, any_word, passing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@cache
def lexicon() -> Lexicon:
    """The lexicon in use."""
    path = files("socialaudit").joinpath("lexicon.toml")
    return Lexicon(tomllib.loads(path.read_text("utf-8")))


LIMIT = 5_000
"""Characters read of one text; few comments pass 1,000."""
_VERY_MANY = 4

_WORD = re.compile(rf"[A-Za-z0-9]+|{LEFT_OUT}")
_AROUND = re.compile(r"\(\?<?[!=][^()]*\)")
"""A look at what stands beside, which RE2 cannot take; without it an expression lets through more."""
_QUOTED = re.compile(r"[\"“”][^\"“”]{1,300}[\"“”]")
_CONDEMNED = re.compile(
    r"(?<!not )(?<!not a )\b(?:racist|racism|sexist|homophobic|unacceptable|disgusting language|abuse"
    r"|abusive|offensive|bigot\w*|prejudiced?|hateful|hate speech|untrue|vile|reported|arrest\w*"
    r"|condemn\w*|appall\w+|ashamed|shameful)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    word: str
    tier: Tier
    about: str
    aimed: bool
    swearing: bool


class _Phrase:
    def __init__(self, text: str, tier: Tier, about: str) -> None:
        self.text, self.tier, self.about = text, tier, about
        self.pattern = re.compile(rf"(?:(?<= )|^)(?:{text})(?= |$)")


class Lexicon:
    """A judge made of words and phrases: the content of ``lexicon.toml``."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._around = _Around(content["around"])
        self._entries = {entry.word: entry for entry in _entries(content["words"])}
        self._stems = {w[:-1]: e for w, e in self._entries.items() if w.endswith("*")}
        self._beginnings = tuple(self._stems)
        self._alike: dict[tuple[str, int], list[_Entry]] = defaultdict(list)
        for word, entry in self._entries.items():
            self._alike[word[0], len(word)].append(entry)
        groups = [(_tight(group["words"]), group["about"]) for group in content["groups"]]
        self._groups = [(re.compile(words), about) for words, about in groups]
        lists = {name: _tight(words) for name, words in content["lists"].items()}
        lists["group"] = "|".join(words for words, _ in groups)
        self._phrases = [
            _Phrase(_filled(p["pattern"], lists), Tier(p["tier"]), p.get("about", ""))
            for p in content["phrases"]
        ]
        words = [word.replace("*", "[a-z]*") for word in self._entries]
        phrases = [_AROUND.sub("", p.text).replace(" ", SIGNS) for p in self._phrases]
        self._plain_gate = any_word([*words, *phrases])
        self.gate = (*self._plain_gate, TRACES)

    def score(self, texts: Sequence[str]) -> list[Rating]:
        """One rating for each text, in order.

        What only a trace of a disguise let through is looked at again when it is written out.
        """
        chosen = passing(texts, self.gate)
        plain = [self._plain(texts[place][:LIMIT]) for place in chosen]
        ratings = [Rating()] * len(texts)
        for at in passing(plain, self._plain_gate):
            ratings[chosen[at]] = self._rate(plain[at])
        return ratings

    def _plain(self, text: str) -> str:
        """The text as it is judged: disguises undone, and what the writer quotes and condemns gone."""
        folded = fold(text)
        outside = _QUOTED.sub(f" {LEFT_OUT} ", folded)
        condemned = outside != folded and _CONDEMNED.search(outside)
        return unmask(outside if condemned else folded, self._known)

    def _rate(self, plain: str) -> Rating:
        words = _WORD.findall(plain)
        found = sorted(
            [*self._words(words), *self._said([w.lower() for w in words])],
            key=lambda hit: -SCORES[hit[0]],
        )
        if not found:
            return Rating()
        tier, about = found[0][0], next((h[2] for h in found if h[2]), "")
        return Rating(tier, SCORES[tier], tuple(dict.fromkeys(h[1] for h in found)), about)

    def _known(self, candidate: str) -> str:
        if "?" not in candidate:
            return candidate if self._entry(candidate) else ""
        shape = re.compile(candidate.replace("?", "[a-z]"))
        alike = self._alike.get((candidate[0], len(candidate)), ())
        fits = [entry for entry in alike if shape.fullmatch(entry.word)]
        return min(fits, key=lambda e: (not e.swearing, SCORES[e.tier])).word if fits else ""

    def _entry(self, word: str) -> _Entry | None:
        found = self._entries.get(word)
        if found is None and word.startswith(self._beginnings):
            found = next((e for stem, e in self._stems.items() if word.startswith(stem)), None)
        return found

    def _words(self, words: Sequence[str]) -> Iterator[tuple[Tier, str, str]]:
        small = [word.lower() for word in words]
        for i, word in enumerate(small):
            entry = self._entry(word)
            if entry is None or self._around.excused(words, small, i):
                continue
            aimed = self._around.aimed(small, i, mild=entry.tier is Tier.MILD)
            if entry.aimed and (not aimed or self._around.named(words, i)):
                continue
            tier = Tier.MILD if entry.swearing and not aimed else entry.tier
            yield tier, word, entry.about

    def _said(self, small: Sequence[str]) -> Iterator[tuple[Tier, str, str]]:
        text = " ".join(small)
        for phrase in self._phrases:
            for found in phrase.pattern.finditer(text):
                if self._around.quoting(text[: found.start()].split()[-3:]):
                    continue
                attacked = (name for group, name in self._groups if group.search(found[0]))
                yield phrase.tier, found[0], phrase.about or next(attacked, "")


def _tight(pattern: str) -> str:
    return re.sub(r"\s*\n\s*", "", pattern.strip())


def _filled(pattern: str, lists: Mapping[str, str]) -> str:
    pattern = _tight(pattern)
    for name, words in lists.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?:{words})")
    return pattern


def _entries(groups: Sequence[Mapping[str, Any]]) -> Iterator[_Entry]:
    for group in groups:
        for word in group["words"].split():
            yield _Entry(
                word,
                Tier(group["tier"]),
                group.get("about", ""),
                group.get("aimed", False),
                group.get("swearing", False),
            )


class _Around:
    """What the words around one say of it. ``small`` are the words of a text in lower case."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._lists = {name: frozenset(words.split()) for name, words in lists.items()}

    def aimed(self, small: Sequence[str], i: int, *, mild: bool) -> bool:
        """Whether the word is said of a person: "you …", "he's a complete …", "… off"."""
        lists = self._lists
        if small[i] in lists["swearing"]:
            return False
        if small[i].startswith("fuck"):
            away = i + 1 < len(small) and small[i + 1] in lists["away"]
            return away and small[max(0, i - 1)] != "the"
        at = i - 1
        while at >= 0 and small[at] in lists["very"] and i - at <= _VERY_MANY:
            at -= 1
        before = small[at] if at >= 0 else ""
        subject = small[at - 1] if at >= 1 else ""
        if before in lists["you"]:
            return subject not in lists["thanking"]
        if before in lists["are"] and subject:
            titled = at > 1 and small[at - 2] in lists["titles"]
            if subject in lists["you"] | lists["people"] or titled:
                return True
            if subject == "they" and not mild:
                return True
        return not mild and i > 0 and small[i - 1] in lists["scornful"]

    def named(self, words: Sequence[str], i: int) -> bool:
        """Whether a word that is also a name is used as one: Dick Turpin, Cllr Cock."""
        following = words[i + 1] if i + 1 < len(words) else ""
        return words[i].istitle() and (following.istitle() or self._titled(words, i))

    def excused(self, words: Sequence[str], small: Sequence[str], i: int) -> bool:
        """Whether it is part of a name, fondly meant, said of oneself, or reported."""
        lists = self._lists
        if i + 1 < len(small) and small[i + 1] in lists["places"]:
            return True
        if (words[i].istitle() and self._titled(words, i)) or small[max(0, i - 1)] in lists["fond"]:
            return True
        near = set(small[max(0, i - 5) : i])
        oneself = "i" in near and not near.isdisjoint({"m", "am"})
        return oneself or not lists["reporting"].isdisjoint(small[max(0, i - 4) : i])

    def quoting(self, before: Sequence[str]) -> bool:
        """Whether the words before a phrase put it into somebody else's mouth, or deny it."""
        denied = "never" in before or not {"i", "we"} & set(before)
        return denied and not self._lists["saying"].isdisjoint(before)

    def _titled(self, words: Sequence[str], i: int) -> bool:
        return i > 0 and words[i - 1].lower() in self._lists["titles"]
