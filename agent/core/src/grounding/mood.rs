//! How the words of a clause put a thing: as what might be, what is denied, or what one
//! is at home in.
#![deny(clippy::indexing_slicing)]

use super::phrases::{CLAIMS, CONDITIONS, FEELINGS, FIRST, OPINIONS, OWN};

/// "I could show you", "a start would suit me": what might be, unless the clause says
/// first what is ("I use it daily and could show you").
pub(super) fn is_conditional(words: &[&str]) -> bool {
    let might = words.iter().position(|word| CONDITIONS.contains(word));
    let does = words
        .iter()
        .position(|word| matches!(*word, "i" | "i've" | "i'm"));
    let verb = does.and_then(|at| words.get(at + 1)).copied();
    // "I understand Kafka well" is no opinion, "I understand that you use it" is.
    let next = does.and_then(|at| words.get(at + 2)).copied();
    let verb = verb.filter(|verb| {
        !matches!(*verb, "understand" | "read" | "feel" | "wonder")
            || matches!(
                next,
                Some("that" | "you" | "your" | "the" | "why" | "how" | "from" | "whether")
            )
    });
    match (might, does) {
        // "I must admit that the cabin is tempting"
        (None, Some(_)) if next == Some("admit") => true,
        (None, Some(_)) if verb.is_some_and(|verb| OPINIONS.contains(&verb)) => true,
        (None, _) => false,
        (Some(_), None) => true,
        (Some(might), Some(does)) => {
            might <= does + 2 || verb.is_some_and(|verb| OPINIONS.contains(&verb))
        }
    }
}

/// "IFRS is not part of it": what is denied stands before.
pub(super) fn denied_things(joined: &str) -> bool {
    [
        " is not ",
        " isn't ",
        " are not ",
        " aren't ",
        " was not ",
        " is new ",
        " are new ",
        " is still new ",
        " would be new ",
        " would all be new ",
        " would be a new ",
        " would be a fresh ",
        " will be new ",
        " missing from ",
        " not among ",
        " not in my ",
        " not part of ",
        " not something i ",
        " is something i lack ",
        " is what i lack ",
        " non existent ",
        " nonexistent ",
        " not things i ",
        " missing from ",
        " unknown to me ",
        " foreign to me ",
        " is nil ",
        " is none ",
        " limited to none ",
        " only a name to me ",
    ]
    .iter()
    .any(|verb| joined.contains(verb))
}

/// Whether a clause has no word for the person as who does or has something, and none
/// that claims to be at home in a thing.
pub(super) fn is_about_it(words: &[&str], joined: &str) -> bool {
    const AT_HOME: &[&str] = &[
        " second nature ",
        " familiar ",
        " daily ",
        " routine ",
        " at home ",
        " behind me ",
        " to me ",
        " easy ",
        " part of ",
        " with me ",
        " by me ",
        " used ",
    ];
    let owns = words
        .iter()
        .any(|word| FIRST.contains(word) || (OWN.contains(word) && !matches!(*word, "me" | "us")));
    let claims = words.iter().any(|word| CLAIMS.contains(word));
    let is_fine = [
        " fine with me ",
        " fine by me ",
        " reasonable to me ",
        " good to me ",
        " appeals to me ",
        " important to me ",
        " matters to me ",
        " matter to me ",
        " welcome to me ",
    ]
    .iter()
    .any(|phrase| joined.contains(phrase));
    let at_home = AT_HOME.iter().any(|phrase| joined.contains(phrase)) && !is_fine;
    !owns && !claims && !at_home && !is_at_home(words, joined)
}

/// "Rust would not be new to me", "payments are where I feel at home": to know a thing
/// is claimed without saying so.
pub(super) fn is_at_home(words: &[&str], joined: &str) -> bool {
    const STRANGE: &[&str] = &[
        "new",
        "strange",
        "stranger",
        "foreign",
        "unfamiliar",
        "unknown",
        "problem",
        "trouble",
        "difficulty",
        "surprise",
        "secret",
        "obstacle",
        "issue",
        "mystery",
    ];
    const SURE: &[&str] = &[
        " familiar ground ",
        " second nature ",
        " familiar to me ",
        " familiar territory ",
        " my bread and butter ",
        " old friend ",
        " from the inside ",
        " from within ",
        " at ease with ",
        " comes easily ",
        " come easily ",
        " comes naturally ",
    ];
    let strange = words.windows(4).chain([words]).any(|window| {
        let negated = window
            .iter()
            .position(|word| matches!(*word, "no" | "not" | "nothing" | "never" | "hardly"));
        let near = negated.and_then(|at| window.get(at + 1..window.len().min(at + 4)));
        near.is_some_and(|near| near.iter().any(|word| STRANGE.contains(word)))
    });
    let wished = words
        .iter()
        .any(|word| matches!(*word, "would" | "could" | "might" | "will"));
    let home = joined.contains(" feel at home ") && !wished;
    // "travelling is no problem for me" is what one is ready for.
    strange || home || SURE.iter().any(|phrase| joined.contains(phrase))
}

/// "I am applying", "I am glad to hear": the verb claims nothing.
pub(super) fn is_mere_wish(joined: &str) -> bool {
    const MERE: &[&str] = &[
        " years old ",
        " like to bring ",
        " love to bring ",
        " am applying ",
        " am writing ",
        " am looking for ",
        " am keen ",
        " am eager ",
        " am interested ",
        " have to ",
        " am ready ",
        " like to know ",
        " am curious ",
        " am drawn ",
        " am excited ",
        " am glad ",
        " am happy ",
        " have applied ",
        " happy to have ",
        " glad to have ",
        " like to have ",
    ];
    let mut rest = MERE
        .iter()
        .fold(joined.to_owned(), |rest, phrase| rest.replace(phrase, " "));
    for feeling in FEELINGS {
        for verb in ["am", "was", "am very", "am also", "am now"] {
            rest = rest.replace(&format!(" {verb} {feeling} "), " ");
        }
    }
    !rest.split_whitespace().any(|word| CLAIMS.contains(&word))
}

/// The word behind which a clause names what the person has still to learn, unless it
/// claims something there ("I want to learn more about the Kafka I have used").
pub(super) fn learned_at(words: &[&str]) -> Option<usize> {
    let at = words.windows(2).position(|pair| {
        matches!(
            pair,
            ["to", "learn"] | ["learn", "to" | "how"] | ["i", "learn"] | ["get", "into"]
        )
    })?;
    let rest = words.get(at + 2..).unwrap_or_default();
    let claims = rest
        .iter()
        .any(|word| CLAIMS.contains(word) || FIRST.contains(word) || OWN.contains(word));
    (!claims).then_some(at + 2)
}
