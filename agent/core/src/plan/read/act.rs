//! What is to be done.

use super::{
    super::{Report, Sentence, sentence::Word},
    one,
};

/// What the sentence asks the agent to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Act {
    /// Place of the word that asks to prepare.
    pub(super) prepare_at: Option<usize>,
    /// How many that word speaks of, where no number says so ("the best one").
    pub(super) drafts: Option<u32>,
    /// It says that nothing is to be prepared.
    pub(super) no_drafts: bool,
    /// It asks to look for something.
    pub(super) looks: bool,
    /// It holds from now on.
    pub(super) standing: bool,
    pub(super) report: Option<Report>,
    pub(super) follow_up: bool,
}

const PREPARE: &[&str] = &[
    "prepare",
    "prepares",
    "preparing",
    "apply",
    "applying",
    "draft",
    "drafts",
    "drafting",
    "fill",
    "filling",
    "bereite",
    "bereitest",
    "vorbereiten",
    "bewirb",
    "bewerben",
    "ausfüllen",
];
const PREPARE_PHRASES: &[&str] = &[
    "get ready",
    "ready to send",
    "ready to submit",
    "ready for review",
    "ready for my review",
    "applications ready",
    "application ready",
    "put together applications",
    "put together the applications",
    "put together an application",
    "write the applications",
    "write my applications",
    "write applications",
    "write an application",
    "write up applications",
    "write up the applications",
    "write up an application",
    "writing applications",
];
const NOT: &[&str] = &[
    "not", "don't", "dont", "never", "no", "without", "nothing", "isn't",
];
const NOWHERE: &[&str] = &["nothing", "nowhere", "none", "nicht", "nichts"];
/// What is prepared and is no application.
const NO_FORM: &[&str] = &[
    "report",
    "interview",
    "interviews",
    "list",
    "summary",
    "overview",
    "plan",
    "path",
    "bericht",
    "liste",
    "übersicht",
];
const LOOK: &[&str] = &[
    "find",
    "show",
    "list",
    "look",
    "looking",
    "search",
    "get",
    "give",
    "pick",
    "want",
    "need",
    "bring",
    "seek",
    "suggest",
    "recommend",
    "tell",
    "watch",
    "such",
    "suche",
    "finde",
    "zeig",
    "zeige",
    "gib",
    "möchte",
    "brauche",
];
const STANDING: &[&str] = &[
    "every new",
    "each new",
    "any new",
    "all new",
    "every time",
    "whenever",
    "from now on",
    "as soon as",
    "every day",
    "each day",
    "every morning",
    "each morning",
    "every evening",
    "each evening",
    "every night",
    "each night",
    "every week",
    "each week",
    "every weekday",
    "every monday",
    "nightly",
    "daily",
    "a day",
    "per day",
    "keep preparing",
    "keep applying",
    "keep looking",
    "keep watching",
    "keep checking",
    "keep searching",
    "keep an eye",
    "keep me posted",
    "keep me informed",
    "keep me updated",
    "on the lookout",
    "tell me when a",
    "tell me when an",
    "tell me when any",
    "tell me when new",
    "tell me when there",
    "tell me if a",
    "tell me if any",
    "let me know when",
    "let me know if a",
    "let me know if any",
    "notify me",
    "alert me",
    "as they come",
    "as they appear",
    "jeden tag",
    "jeden morgen",
    "jede woche",
    "jede neue",
    "täglich",
    "sobald",
    "immer wenn",
];
const PATH: &[&str] = &[
    "learning path",
    "learning plan",
    "learning order",
    "study order",
    "study plan",
    "roadmap",
    "how do i learn",
    "how should i learn",
    "how can i learn",
    "in which order",
    "in what order",
    "what to learn first",
    "what should i learn first",
    "plan to learn",
    "plan for learning",
    "lernplan",
    "lernpfad",
];
const GAP: &[&str] = &[
    "skill gap",
    "skills gap",
    "gap report",
    "gaps",
    "should i learn",
    "i should learn",
    "i could learn",
    "i must learn",
    "to learn",
    "learn next",
    "am i missing",
    "do i miss",
    "do i lack",
    "am i lacking",
    "skills i lack",
    "skills i miss",
    "missing skills",
    "skills are missing",
    "skills am i",
    "which skills",
    "what skills",
    "worth learning",
    "what is missing in my skills",
    "missing in my skills",
    "missing from my skills",
    "should i study",
    "lernen",
    "fähigkeiten fehlen",
    "kenntnisse fehlen",
];
const FOLLOW_UP: &[&str] = &[
    "follow up",
    "followup",
    "following up",
    "no answer",
    "without an answer",
    "without answer",
    "not answered",
    "never answered",
    "not heard",
    "haven't heard",
    "have not heard",
    "no reply",
    "not replied",
    "never replied",
    "haven't replied",
    "hasn't replied",
    "didn't reply",
    "without a reply",
    "no response",
    "without a response",
    "not responded",
    "never responded",
    "haven't responded",
    "hasn't responded",
    "didn't respond",
    "haven't answered",
    "hasn't answered",
    "didn't answer",
    "heard nothing",
    "hear nothing",
    "never heard",
    "didn't hear",
    "not hear",
    "never got back",
    "hasn't got back",
    "nobody got back",
    "didn't get back",
    "anybody reply",
    "anyone reply",
    "anybody replied",
    "anyone replied",
    "anybody answer",
    "anyone answer",
    "anybody answered",
    "anyone answered",
    "nudge",
    "remind them",
    "ghosted",
    "ghosting",
    "ghosts me",
    "ghost me",
    "radio silence",
    "gone silent",
    "went silent",
    "keine antwort",
    "nicht geantwortet",
    "nicht gemeldet",
    "nichts gehört",
    "keine rückmeldung",
    "nachfassen",
    "nachhaken",
];

const APPLIED: &[&str] = &["i applied", "i've applied", "i have applied", "i wrote to"];

pub(super) fn of(sentence: &Sentence) -> Act {
    let words = &sentence.words;
    let mut act = Act {
        looks: words.iter().any(|word| word.is(LOOK)),
        standing: sentence.says_any(STANDING),
        follow_up: sentence.says_any(FOLLOW_UP),
        ..Act::default()
    };
    // "Which jobs I applied to have not answered?" looks for no openings.
    act.looks &= !(act.follow_up && sentence.says_any(APPLIED));
    act.report = if sentence.says_any(PATH) {
        Some(Report::LearningPath)
    } else {
        sentence.says_any(GAP).then_some(Report::SkillGap)
    };
    for (at, word) in words.iter().enumerate() {
        if !word.is(PREPARE) {
            continue;
        }
        let before = words.iter().take(at).rev().take(2);
        let after = words.iter().skip(at + 1).take(3);
        if after.clone().any(|word| word.is(NO_FORM)) {
            continue;
        }
        // "Apply nowhere yet", "prepare nothing".
        let refused = after.clone().take(2).any(|word| word.is(NOWHERE));
        if refused || before.clone().any(|word| word.is(NOT)) {
            act.no_drafts = true;
        } else if act.prepare_at.is_none() {
            act.prepare_at = Some(at);
        }
    }
    if act.prepare_at.is_none() && !act.no_drafts {
        let found = PREPARE_PHRASES
            .iter()
            .find_map(|phrase| place_of(words, phrase));
        let refused = found.is_some_and(|at| {
            let mut before = words.iter().take(at).rev().take(2);
            before.any(|word| word.is(NOT))
        });
        act.no_drafts = refused;
        act.prepare_at = found;
    }
    if act.no_drafts {
        act.prepare_at = None;
    }
    if let Some(at) = act.prepare_at {
        let after = words.get(at + 1..).unwrap_or_default();
        act.drafts = one::is_one(after).then_some(1);
    }
    act
}

/// Whether a word is part of what says what to do.
pub(super) fn knows(word: &str) -> bool {
    let lists = [
        PREPARE,
        PREPARE_PHRASES,
        NOT,
        NOWHERE,
        NO_FORM,
        LOOK,
        STANDING,
        PATH,
        GAP,
        FOLLOW_UP,
    ];
    let mut phrases = lists.into_iter().flatten();
    phrases.any(|phrase| phrase.split(' ').any(|part| part == word))
}

/// Where a phrase begins.
fn place_of(words: &[Word], phrase: &str) -> Option<usize> {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let is_here = |here: &[Word]| here.iter().map(|word| word.low.as_str()).eq(wanted.clone());
    words.windows(wanted.len()).position(is_here)
}
