//! What of a sentence a plan does not heed, for the person to see: a wish that is
//! dropped is told.
#![deny(clippy::indexing_slicing)]

use super::{
    super::{Plan, Sentence, StepKind, sentence::Word},
    act, amount, named, role,
};
use crate::text::Words;

/// Most words that are told.
const MOST: usize = 6;

/// Words that ask for nothing by themselves.
static LITTLE: Words = Words::of(
    "i'm, i'd, i've, am, was, were, been, being, has, had, have, having, it's, its, that's,
     what's, there's, he, she, we, you, they, our, who, whom, whose, where, why, there, here, out,
     off, if, but, because, while, hi, hello, hey, dear, thanks, thank, really, very, quite, also,
     too, still, yet, now, today, again, can, could, will, would, might, may, must, shall, us,
     anyone, anybody, someone, somebody, everyone, hiring, hire, available, kind, sort, stuff,
     things, one, ones, come, up, comes, send, sends, sending, anywhere, somewhere, somehow,
     review, form, forms, well, fit, fits, better, much, make, go, going, see, know, try, love, prefer, ideally,
     within, around, near, between, through, every, score, list, ist, sind, habe, hat, da, man,
     auch, noch, gibt, es, vor, aus, dich, sich, doch",
);

/// Words that ask for something no plan heeds, though they are part of no title.
const UNHEEDED: &[&str] = &["full-time", "part-time", "hybrid", "onsite", "well-paid"];

/// The words of a sentence that the plan rests nothing on, as they are written; none
/// of a plan that lists no openings.
pub fn unread(sentence: &Sentence, plan: &Plan) -> Vec<String> {
    if !plan.kinds().contains(&StepKind::Shortlist) {
        return Vec::new();
    }
    let wish = &plan.wish;
    let names = [&wish.roles, &wish.places, &wish.companies, &wish.skills];
    let heeded: Vec<String> = names
        .into_iter()
        .flatten()
        .flat_map(|name| name.split(|c: char| c.is_whitespace() || c == '-'))
        .map(|part| {
            part.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .collect();
    let is_heeded = |word: &Word| {
        let low = word.low.as_str();
        let skill = named::known_skill(named::at_heart(low).unwrap_or(low));
        let here = |part: &str| {
            let mut heeded = heeded.iter().map(String::as_str);
            heeded.any(|name| role::single(name) == role::single(part))
        };
        let of_pay = wish.pay.is_some() && amount::is_of_time(low);
        let known = of_pay
            || LITTLE.has(low)
            || role::knows(low)
            || act::knows(low)
            || amount::knows(low)
            || named::knows(low)
            || skill.is_some_and(|skill| wish.skills.iter().any(|known| known == skill))
            || low.split('-').all(here);
        known && !word.is(UNHEEDED)
    };
    let numbers = amount::of(sentence).unheeded;
    let mut words: Vec<String> = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let is_read = match word.number {
            Some(_) => !numbers.contains(&at),
            None => is_heeded(word),
        };
        if !is_read && !words.contains(&word.text) {
            words.push(word.text.clone());
        }
    }
    words.truncate(MOST);
    words
}
