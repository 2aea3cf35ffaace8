//! Skills that the profile states at a low level, told as strong ones.
#![deny(clippy::indexing_slicing)]

use super::{
    ClaimKind,
    clause::{Clause, Mood, Subject},
    ground::words_of,
    reading::Reading,
};

/// Words by which a profile says that a skill is small ("Lua (basic)").
const LOW: &[&str] = &[
    "basic",
    "basics",
    "beginner",
    "beginner's",
    "elementary",
    "limited",
    "introductory",
    "novice",
    "rudimentary",
    "some",
    "little",
    "bit",
    "only",
];
/// Words by which a text says that a skill is great.
const STRONG: &[&str] = &[
    "strong",
    "strongest",
    "deep",
    "solid",
    "good",
    "great",
    "excellent",
    "expert",
    "expertise",
    "extensive",
    "advanced",
    "proficient",
    "proficiency",
    "fluent",
    "fluently",
    "confident",
    "thorough",
    "profound",
    "sound",
    "very",
    "well",
    "master",
    "mastered",
    "mastery",
    "expertly",
    "inside",
    "best",
    "main",
    "skilled",
    "specialist",
    "comprehensive",
    "intimate",
    "firm",
];
/// How far a word for how well something is known may stand from it.
const REACH: usize = 9;

impl Reading<'_> {
    /// "strong knowledge of Perl and Lua", where the profile says "Lua (basic)".
    pub(super) fn levels(&mut self, clause: &Clause) {
        if clause.subject == Subject::Posting
            || clause.mood == Mood::Wish
            || clause.denied_from.is_some()
            || clause.learns
        {
            return;
        }
        let facts = self.grounds.profile.skills.iter();
        let low: Vec<(Vec<String>, String)> = facts
            .filter_map(|fact| Some((low_name(&fact.text)?, fact.text.clone())))
            .collect();
        for (name, stated) in low {
            let is_it = |at: &usize| {
                let mut parts = name.iter().enumerate();
                parts.all(|(offset, part)| self.word(at + offset) == part)
            };
            let Some(at) = clause.tokens.clone().find(is_it) else {
                continue;
            };
            if self.is_raised(clause, at, at + name.len()) {
                let why = format!("your profile states “{stated}”");
                self.claim(at..at + name.len(), ClaimKind::Skill, Err(why));
            }
        }
    }

    /// Whether the word for a level that is nearest before a skill, or else behind it, is
    /// a strong one.
    fn is_raised(&self, clause: &Clause, from: usize, to: usize) -> bool {
        let is_low = |at: usize| LOW.contains(&self.word(at));
        let is_strong = |at: usize| {
            let before = at.checked_sub(1).map_or("", |at| self.word(at));
            STRONG.contains(&self.word(at)) && !(self.word(at) == "well" && before == "as")
        };
        // "SAP at a basic level", "Lua (basic)": also behind what closes the clause.
        if (to..to + 4).any(is_low) {
            return false;
        }
        let first = clause.tokens.start.max(from.saturating_sub(REACH));
        let before = (first..from).rev().find(|at| is_low(*at) || is_strong(*at));
        let next = self.skills.iter().map(|(range, _)| range.start);
        let next = next.filter(|at| *at >= to).min().unwrap_or(usize::MAX);
        let last = clause.tokens.end.min(to + REACH).min(next);
        let behind = || (to..last).find(|at| is_low(*at) || is_strong(*at));
        before.or_else(behind).is_some_and(is_strong)
    }
}

/// The name of a skill that is stated at a low level.
fn low_name(stated: &str) -> Option<Vec<String>> {
    let words = words_of(stated);
    let place = words.iter().position(|word| LOW.contains(&word.as_str()))?;
    // "Basic life support" is called so; "basic knowledge of Lua" says how well.
    let says = |word: &String| matches!(word.as_str(), "knowledge" | "level" | "skills");
    if place == 0 && !words.iter().any(says) {
        return None;
    }
    let name: Vec<String> = words
        .into_iter()
        .filter(|word| !says(word) && !LOW.contains(&word.as_str()))
        .filter(|word| !matches!(word.as_str(), "of" | "in" | "at" | "a"))
        .collect();
    (!name.is_empty() && name.len() <= 3).then_some(name)
}
