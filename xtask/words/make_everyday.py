#!/usr/bin/env python3
"""Makes agent/core/assets/everyday-words.txt, the words of English that state no fact.

    apt-get install wordnet-base scowl
    python3 xtask/words/make_everyday.py > agent/core/assets/everyday-words.txt

A word is taken when SCOWL counts it among the common ones and WordNet's counts of
senses say that it mostly speaks of qualities, feelings, thoughts, time, motion and the
like. Words for people, places, things, groups, money, works, achievements, fields of
knowledge and illnesses are left out: those are claims, and a letter has to trace them.
`agent/core/assets/claim-words.txt` lists what is left out whatever its senses, `plain.txt`
beside this file what is taken whatever its senses. The output has every inflected form, so that the
gate need not guess at endings.
"""

import pathlib
import re
from collections import defaultdict

WORDNET = pathlib.Path("/usr/share/wordnet")
SCOWL = pathlib.Path("/usr/share/dict/scowl")
HERE = pathlib.Path(__file__).parent

FILES = """adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact
noun.attribute noun.body noun.cognition noun.communication noun.event noun.feeling
noun.food noun.group noun.location noun.motive noun.object noun.person noun.phenomenon
noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape
noun.state noun.substance noun.time verb.body verb.change verb.cognition
verb.communication verb.competition verb.consumption verb.contact verb.creation
verb.emotion verb.motion verb.perception verb.possession verb.social verb.stative
verb.weather adj.ppl""".split()
CLAIMS = {
    "adj.pert", "noun.Tops", "noun.animal", "noun.artifact", "noun.body", "noun.food",
    "noun.group", "noun.location", "noun.object", "noun.person", "noun.plant",
    "noun.possession", "noun.process", "noun.substance", "verb.competition",
    "verb.creation", "verb.possession", "verb.social", "verb.weather",
}
# Below these, nouns of an otherwise plain kind are claims: each is the first sense of
# the word, and everything that is a kind of it is left out too.
SUBTREES = """occupation commerce education teaching treatment management research
production crime sport game performance surgery operation discipline
document publication award medal software program broadcast
victory contest illness disease disorder pregnancy employment citizenship
marriage license permission contract show music writing
currency ceremony war military_action aid charity transport
mathematics science engineering medicine religion art""".split()
# Verbs of making, giving and dealing with people that everybody does every day stay
# plain only where `plain.txt` says so.


def synsets(pos):
    for line in (WORDNET / f"data.{pos}").open():
        if line.startswith("  "):
            continue
        parts = line.split("|")[0].split()
        offset, lexical, count = parts[0], FILES[int(parts[1])], int(parts[3], 16)
        words = [re.sub(r"\(.*\)", "", w) for w in parts[4 : 4 + 2 * count : 2]]
        rest = parts[4 + 2 * count :]
        pointers = rest[1:]
        parents = [pointers[i + 1] for i in range(0, 4 * int(rest[0]), 4)
                   if pointers[i] in ("@", "@i") and pointers[i + 2] == pos[0]]
        yield offset, lexical, words, parents


def index(pos):
    for line in (WORDNET / f"index.{pos}").open():
        if line.startswith("  "):
            continue
        parts = line.split()
        senses = int(parts[2])
        yield parts[0], parts[-senses:]


def counts():
    found = defaultdict(lambda: defaultdict(int))
    for line in (WORDNET / "cntlist.rev").open():
        key, sense, count = line.split()
        lemma, rest = key.split("%")
        found[lemma][FILES[int(rest.split(":")[1])], int(rest[0]), int(sense)] += int(count)
    return found


def listed(path):
    text = path.read_text()
    rows = [row for row in text.splitlines() if not row.startswith("#")]
    return set(" ".join(rows).split())


def common(*sizes):
    words = set()
    for kind in ("english", "american", "british"):
        for size in sizes:
            path = SCOWL / f"{kind}-words.{size}"
            if path.exists():
                words |= set(path.read_text(encoding="latin-1").split())
    return {word for word in words if re.fullmatch(r"[a-z]{2,}", word)}


def main():
    lexical, parents, first = {}, {}, defaultdict(dict)
    for pos in ("noun", "verb", "adj", "adv"):
        for offset, file, _, up in synsets(pos):
            lexical[pos, offset] = file
            parents[pos, offset] = up
        for lemma, senses in index(pos):
            first[lemma][pos] = senses
    banned = {first[lemma]["noun"][0] for lemma in SUBTREES}
    memo = {}

    def is_banned(offset):
        if offset not in memo:
            memo[offset] = False
            memo[offset] = offset in banned or any(map(is_banned, parents["noun", offset]))
        return memo[offset]

    def is_claim(pos, offset):
        return lexical[pos, offset] in CLAIMS or pos == "noun" and is_banned(offset)

    tagged = counts()
    names = {1: "noun", 2: "verb", 3: "adj", 4: "adv", 5: "adj"}

    def share(lemma):
        """How much of a word's use is a claim."""
        claims = total = 0.0
        for pos, senses in first[lemma].items():
            for number, offset in enumerate(senses, 1):
                count = sum(c for (_, p, s), c in tagged[lemma].items()
                            if names[p] == pos and s == number)
                count += 0.5 if number == 1 else 0.05
                total += count
                claims += count * is_claim(pos, offset)
        return claims / total

    irregular = defaultdict(set)
    for pos in ("noun", "verb", "adj", "adv"):
        for line in (WORDNET / f"{pos}.exc").open():
            form, *lemmas = line.split()
            irregular[form] |= {(pos, lemma) for lemma in lemmas}

    def lemmas(word):
        found = {(pos, word) for pos in first.get(word, {})}
        found |= irregular.get(word, set())
        ends = [("s", "", "nv"), ("es", "", "nv"), ("ies", "y", "nv"), ("ed", "", "v"),
                ("ed", "e", "v"), ("ing", "", "v"), ("ing", "e", "v"), ("ied", "y", "v"),
                ("er", "", "a"), ("er", "e", "a"), ("est", "", "a"), ("est", "e", "a"),
                ("ier", "y", "a"), ("iest", "y", "a")]
        for end, new, kinds in ends:
            if not word.endswith(end):
                continue
            base = word[: -len(end)] + new
            bases = {base}
            if len(base) > 3 and base[-1] == base[-2] and new == "":
                bases.add(base[:-1])
            for base in bases:
                for pos in first.get(base, {}):
                    if pos[0] in kinds:
                        found.add((pos, base))
        return {lemma for _, lemma in found if lemma in first and lemma.isalpha()}

    assets = HERE.parents[1] / "agent" / "core" / "assets"
    claims, plain = listed(assets / "claim-words.txt"), listed(HERE / "plain.txt")
    claims -= plain
    verdict = {}

    well_known = common(10, 20)

    def is_plain(lemma):
        if lemma not in verdict:
            # Rare nouns and verbs only make the list long; qualities do not.
            quality = not set(first[lemma]) & {"noun", "verb"}
            known = quality or lemma in well_known or sum(tagged[lemma].values()) > 1
            states = lemma in claims or not known or share(lemma) > 0.2
            verdict[lemma] = lemma in plain or not states
        return verdict[lemma]

    taken = set()
    for word in common(10, 20, 35) | plain:
        bases = lemmas(word)
        if word in claims:
            continue
        if word in plain or bases and all(map(is_plain, bases)):
            taken.add(word)
    print("# Words of English that state no fact, made by xtask/words/make_everyday.py out of")
    print("# WordNet 3.0 and SCOWL (see NOTICE). Not to be edited by hand: what is wrong here")
    print("# belongs into claim-words.txt or xtask/words/plain.txt.")
    row = ""
    for word in sorted(taken):
        if len(row) + len(word) > 98:
            print(row)
            row = ""
        row = f"{row} {word}".strip()
    print(row)


main()
