//! What the person is said to have done, where every word of it is an everyday one: a
//! deed has to name something that the profile states.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

use super::{
    ClaimKind, Rest,
    clause::{Clause, Mood, Subject},
    phrases::{FEELINGS, FIRST},
    reading::Reading,
    word::{is_core, is_function},
};

/// Verbs of what one thinks, wants, perceives and says: they are no deeds.
pub(super) const MINDS: &[&str] = &[
    "like",
    "enjoy",
    "love",
    "believe",
    "think",
    "hope",
    "wish",
    "want",
    "feel",
    "felt",
    "see",
    "saw",
    "seen",
    "read",
    "notice",
    "understand",
    "understood",
    "know",
    "knew",
    "learn",
    "learnt",
    "apply",
    "look",
    "live",
    "prefer",
    "appreciate",
    "value",
    "care",
    "admire",
    "imagine",
    "suppose",
    "agree",
    "remember",
    "wonder",
    "expect",
    "mean",
    "need",
    "say",
    "said",
    "tell",
    "told",
    "ask",
    "find",
    "found",
    "trust",
    "respect",
    "regret",
    "miss",
    "intend",
    "try",
    "hear",
    "heard",
    "assume",
    "doubt",
    "fear",
    "worry",
    "smile",
    "laugh",
    "realise",
    "recognise",
    "forget",
    "forgot",
    "promise",
    "admit",
    "tend",
    "keep",
    "kept",
    "sound",
    "seem",
    "matter",
    "interest",
    "thank",
    "consider",
    "attend",
    "welcome",
    "grow",
    "grew",
    "dream",
    "depend",
    "rely",
    "listen",
    "pay",
    "watch",
    "call",
    "stay",
    "would",
    "could",
    "should",
    "might",
    "may",
    "will",
    "can",
    "must",
    "shall",
    "cannot",
    "can't",
    "explain",
    "talk",
    "discuss",
];
/// Verbs of being somewhere: an employer or a date is enough to rest on.
const STAYS: &[&str] = &[
    "work", "join", "move", "begin", "began", "begun", "start", "come", "came", "leave", "left",
    "spend", "spent", "serve", "study", "graduate", "become", "became", "retrain", "switch",
    "return", "go", "went", "gone", "hold", "held", "qualify", "finish", "complete", "pass",
    "earn", "belong", "train",
];
const HELPERS: &[&str] = &[
    "have",
    "has",
    "had",
    "i've",
    "been",
    "being",
    "did",
    "do",
    "does",
    "also",
    "then",
    "now",
    "once",
    "still",
    "always",
    "often",
    "never",
    "even",
    "already",
    "just",
    "only",
    "really",
    "currently",
    "mainly",
    "mostly",
    "usually",
    "again",
    "later",
    "first",
    "since",
    "so",
    "both",
    "myself",
    "used",
    "to",
    "we've",
    "not",
    "ever",
    "recently",
    "personally",
    "regularly",
    "sometimes",
    "simply",
    "actually",
    "much",
    "rather",
    "quite",
];
const BEING: &[&str] = &[
    "been", "being", "am", "was", "were", "i'm", "be", "is", "are", "got", "get",
];
/// What one is made, by others: a deed of theirs.
const MADE: &[&str] = &[
    "made", "asked", "allowed", "chosen", "called", "named", "given", "trusted", "told", "picked",
    "put", "sent", "invited", "elected", "voted", "offered", "known", "seen", "left",
];

impl Reading<'_> {
    /// Deeds that rest on nothing. To be called when every claim was read.
    pub(super) fn deeds(&mut self) {
        for clause in self.clauses.clone() {
            if clause.subject == Subject::Posting
                || clause.mood == Mood::Wish
                || clause.denied_from.is_some()
                || clause.learns
                || clause.greets
                || self.is_yet_to_come(&clause)
            {
                continue;
            }
            let Some((verb, need)) = self.deed(&clause) else {
                continue;
            };
            let sentence = self.sentence_of(&clause);
            let rests = self.rests_strongly(&clause.tokens)
                || (need == Need::Place && self.rests_at_all(&sentence))
                || (need != Need::Own && self.rests_strongly(&sentence))
                || self.is_led_by(&clause);
            if !rests {
                let to = clause.tokens.end.min(verb + 6);
                self.claim(
                    verb..to,
                    ClaimKind::Word,
                    Err("your profile names nothing of this".to_owned()),
                );
            }
        }
    }

    /// The verb of a deed of the person, and what it has to rest on.
    pub(super) fn deed(&self, clause: &Clause) -> Option<(usize, Need)> {
        let mut at = clause.tokens.clone().find(|at| {
            FIRST.contains(&self.word(*at)) || matches!(self.word(*at), "we" | "we've" | "having")
        });
        if at.is_none() {
            return self.done_to(clause);
        }
        let is_be = |at: usize| BEING.contains(&self.word(at));
        let mut being = at.is_some_and(is_be);
        while let Some(next) = at.map(|at| at + 1).filter(|at| clause.tokens.contains(at)) {
            let word = self.word(next);
            let helps = HELPERS.contains(&word) || word.ends_with("ly") || is_be(next);
            being |= is_be(next);
            at = Some(next);
            if !helps {
                break;
            }
        }
        let verb = at?;
        if being {
            let one = matches!(self.word(verb), "the" | "in")
                && matches!(
                    self.word(verb + 1),
                    "one" | "person" | "only" | "charge" | "first" | "best" | "man" | "woman"
                );
            if FEELINGS.contains(&self.word(verb)) {
                return None;
            }
            let today = self.word(verb.saturating_sub(1)) == "am" && !one;
            let is_made = !today && MADE.contains(&self.word(verb)) || one;
            return is_made.then_some((verb, Need::Own));
        }
        let is_of = |verbs: &[&str]| verbs.iter().any(|base| inflects(self.word(verb), base));
        // "I came across your advert", "I come from Leeds".
        let comes = matches!(self.word(verb + 1), "across" | "from" | "by")
            && matches!(self.word(verb), "came" | "come");
        if comes || is_of(MINDS) || is_function(self.word(verb)) {
            return None;
        }
        // "I write tests first": a habit of everyday words claims little.
        let subject = self.word(verb.saturating_sub(1));
        let is_habit = FIRST.contains(&subject) && !self.is_past(verb);
        if is_habit {
            return None;
        }
        let is_there = matches!(self.word(verb + 1), "for" | "at" | "with" | "in");
        let need = if is_of(STAYS) || is_there || self.is_number(verb) {
            Need::Place
        } else {
            Need::Deed
        };
        Some((verb, need))
    }

    /// Whether a verb tells of what was, as far as its form shows it.
    pub(super) fn is_past(&self, at: usize) -> bool {
        const PAST: &[&str] = &[
            "built", "wrote", "led", "ran", "taught", "grew", "kept", "brought", "made", "held",
            "won", "sold", "spoke", "drove", "took", "gave", "found", "put", "got", "had", "did",
            "went", "came", "began", "became", "left", "lost", "met", "paid", "sent", "spent",
            "stood", "threw", "drew", "chose", "bought", "caught", "sat", "flew", "dealt", "set",
            "cut", "rode", "sang", "fought", "hung", "laid", "shot", "stuck", "swept", "tore",
            "wore", "wove", "woke", "broke",
        ];
        let word = self.word(at);
        word.ends_with("ed") || PAST.contains(&word)
    }

    /// "The town gave me a medal": a deed of others to the person.
    fn done_to(&self, clause: &Clause) -> Option<(usize, Need)> {
        const TO_ME: &[&str] = &[
            "gave", "give", "call", "called", "named", "made", "chose", "asked", "trusted", "let",
            "paid", "sent", "elected", "voted", "come", "came", "report", "reports", "answer",
            "learned", "look", "looked", "turn", "turned", "offered", "picked",
        ];
        let mut tokens = clause.tokens.clone();
        let verb = tokens.find(|at| TO_ME.contains(&self.word(*at)))?;
        // "Let me answer": nobody did anything yet.
        let asks = self.word(verb) == "let"
            && self.word(verb + 1) == "me"
            && (verb == clause.tokens.start
                || matches!(self.word(verb - 1), "so" | "please" | "and"));
        if asks {
            return None;
        }
        let me = (verb + 1..clause.tokens.end.min(verb + 4)).any(|at| self.word(at) == "me");
        me.then_some((verb, Need::Own))
    }

    fn sentence_of(&self, clause: &Clause) -> Range<usize> {
        let own = self.clauses.iter();
        let own = own.filter(|one| one.sentence == clause.sentence);
        let from = own.clone().map(|one| one.tokens.start).min().unwrap_or(0);
        from..own.map(|one| one.tokens.end).max().unwrap_or(0)
    }

    /// Claims of the tokens that stand in the profile.
    pub(super) fn held_in(&self, tokens: &Range<usize>) -> impl Iterator<Item = ClaimKind> {
        let from = self
            .tokens
            .get(tokens.start)
            .map_or(0, |one| one.range.start);
        let last = tokens.end.checked_sub(1).and_then(|at| self.tokens.get(at));
        let to = last.map_or(from, |one| one.range.end);
        let inside = self
            .claims_so_far()
            .iter()
            .filter(move |claim| claim.range.start >= from && claim.range.end <= to);
        inside.filter_map(|claim| match &claim.rests_on {
            // A name of what one holds or made is as good as a skill.
            Some(Rest::Profile { id, .. })
                if claim.kind == ClaimKind::Name && id.starts_with(['c', 's', 'p', 'e']) =>
            {
                Some(ClaimKind::Skill)
            }
            Some(Rest::Profile { .. }) => Some(claim.kind),
            Some(Rest::Posting { .. }) | None => None,
        })
    }

    fn rests_at_all(&self, tokens: &Range<usize>) -> bool {
        self.held_in(tokens).next().is_some() || self.rests_strongly(tokens)
    }

    /// Whether the tokens name something done, held or used.
    fn rests_strongly(&self, tokens: &Range<usize>) -> bool {
        let weak =
            |kind: &ClaimKind| matches!(kind, ClaimKind::Name | ClaimKind::Date | ClaimKind::Years);
        if self.held_in(tokens).any(|kind| !weak(&kind)) {
            return true;
        }
        // Everyday words that the profile uses too: one that letters rarely have, or two
        // of one line.
        let telling = tokens
            .clone()
            .filter(|at| !is_function(self.word(*at)) && !self.is_taken(*at));
        let telling: Vec<&str> = telling.map(|at| self.root(at)).collect();
        let rare = telling
            .iter()
            .any(|root| !is_core(root) && !self.lines_with(root).is_empty());
        let pair = self.index.person.iter().any(|line| {
            let held = telling.iter().filter(|root| line.roots.contains(**root));
            held.count() >= 2
        });
        rare || pair
    }

    /// "I have done it in 12 schools": the sentence before says what was done.
    fn is_led_by(&self, clause: &Clause) -> bool {
        let points = clause
            .tokens
            .clone()
            .any(|at| matches!(self.word(at), "it" | "this" | "them" | "these" | "there"));
        let before = self
            .clauses
            .iter()
            .filter(|one| one.sentence + 1 == clause.sentence && one.subject == Subject::Person);
        let mut before = before.filter(|one| one.mood == Mood::Claim && one.denied_from.is_none());
        points && before.any(|one| self.rests_strongly(&one.tokens))
    }
}

/// What a deed has to rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Any fact of the sentence, also an employer or a date.
    Place,
    /// Something done, in the sentence.
    Deed,
    /// Something done, in the clause itself.
    Own,
}

/// Whether a word is a form of a regular verb.
pub(super) fn inflects(word: &str, base: &str) -> bool {
    let Some(rest) = word.strip_prefix(base.strip_suffix(['e', 'y']).unwrap_or(base)) else {
        return false;
    };
    word == base
        || match base.chars().last() {
            Some('e') => matches!(rest, "es" | "ed" | "ing"),
            Some('y') => matches!(rest, "ies" | "ied" | "ying" | "ys" | "yed"),
            _ => matches!(rest, "s" | "es" | "ed" | "ing"),
        }
}
