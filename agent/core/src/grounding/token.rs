//! Words of a text with their places, and the roots by which words are compared.
#![deny(clippy::indexing_slicing)]

use std::ops::Range;

/// A word, number or address of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) lower: String,
    pub(super) root: String,
    /// Begins with a capital letter.
    pub(super) is_capital: bool,
    /// Is the first of its sentence.
    pub(super) is_first: bool,
    /// An address of a page or for mail.
    pub(super) is_address: bool,
    /// What stands between it and the next token.
    pub(super) after: String,
}

/// Last parts of hosts that are read as such in running text.
const DOMAINS: &[&str] = &[
    "com", "org", "io", "dev", "de", "eu", "me", "ai", "co", "uk", "app", "info", "tech", "fr",
    "ch", "at", "es", "example", "test", "gg", "xyz", "page", "site", "online",
];

/// Short forms behind which a point ends no sentence.
const SHORT: &[&str] = &[
    "m.sc", "b.sc", "ph.d", "m.a", "b.a", "m.eng", "b.eng", "mr", "mrs", "ms", "dr",
];

/// Words whose root is another word's.
const IRREGULAR: &[(&str, &str)] = &[
    ("led", "lead"),
    ("leader", "lead"),
    ("leadership", "lead"),
    ("built", "build"),
    ("wrote", "writ"),
    ("written", "writ"),
    ("ran", "run"),
    ("running", "run"),
    ("taught", "teach"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("kept", "keep"),
    ("brought", "bring"),
    ("made", "mak"),
    ("held", "hold"),
    ("won", "win"),
    ("winner", "win"),
    ("winning", "win"),
    ("sold", "sell"),
    ("speaker", "speaker"),
    ("speakers", "speaker"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("drove", "driv"),
    ("driven", "driv"),
    ("oversaw", "oversee"),
    ("took", "tak"),
    ("taken", "tak"),
    ("gave", "giv"),
    ("given", "giv"),
    ("found", "find"),
    ("founded", "founder"),
    ("founding", "founder"),
    ("cofounded", "founder"),
    ("cofounder", "founder"),
    ("cutting", "cut"),
    ("cuts", "cut"),
    ("shipped", "ship"),
    ("shipping", "ship"),
    ("planned", "plan"),
    ("planning", "plan"),
    ("children", "child"),
    ("taxes", "tax"),
    ("analyses", "analys"),
    ("analysis", "analys"),
    ("analyst", "analyst"),
    ("analytics", "analytic"),
    ("people", "peopl"),
    ("rose", "rais"),
    ("fell", "fall"),
    ("fallen", "fall"),
    ("bought", "buy"),
    ("thought", "think"),
    ("studied", "study"),
    ("studies", "study"),
];

/// Endings that are left out, longest first.
const ENDINGS: &[&str] = &[
    "ations", "ation", "ating", "ators", "ator", "ated", "ates", "ings", "ions", "ment", "ments",
    "ance", "ence", "ical", "ics", "ic", "ate", "ing", "ion", "ors", "ers", "ies", "ed", "er",
    "or", "es", "ly", "al", "e", "s", "y",
];

/// The root of a lower-cased word: what is left of it without its ending.
pub(super) fn root(lower: &str) -> String {
    if let Some((_, root)) = IRREGULAR.iter().find(|(word, _)| *word == lower) {
        return (*root).to_owned();
    }
    let bare = lower
        .strip_suffix("'s")
        .or_else(|| lower.strip_suffix("’s"))
        .unwrap_or(lower);
    let ends = ENDINGS
        .iter()
        .filter_map(|ending| bare.strip_suffix(ending));
    let vowel = |rest: &str| rest.ends_with(['a', 'e', 'o', 'u']);
    let long = ends.filter(|rest| {
        let is_y = bare.len() == rest.len() + 1 && bare.ends_with('y');
        rest.chars().count() >= 4 && !(is_y && vowel(rest))
    });
    let short = bare
        .strip_suffix('s')
        .filter(|rest| rest.len() == 3 && !rest.ends_with(['s', 'u', 'i']));
    let best = long.min_by_key(|rest| rest.len());
    let mut best = best.or(short).unwrap_or(bare);
    // "planned" and "plan", but not "install".
    let mut last = best.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
        && best != bare
        && matches!(a, 'b' | 'd' | 'g' | 'm' | 'n' | 'p' | 'r' | 't')
    {
        best = best.get(..best.len() - 1).unwrap_or(best);
    }
    best.to_owned()
}

/// The tokens of `text`, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let bare = chunk.trim().trim_matches(|c: char| {
            matches!(
                c,
                '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '“' | '”' | '<' | '>'
            )
        });
        if is_address(bare) {
            let start = at + (bare.as_ptr() as usize - chunk.as_ptr() as usize);
            push(&mut tokens, text, start..start + bare.len(), true);
        } else {
            for word in words(chunk) {
                push(&mut tokens, text, at + word.start..at + word.end, false);
            }
        }
        at += chunk.len();
    }
    for next in (1..=tokens.len()).rev() {
        let until = tokens
            .get(next)
            .map_or(text.len(), |token| token.range.start);
        if let Some(token) = tokens.get_mut(next - 1) {
            let after = text.get(token.range.end..until).unwrap_or_default();
            // "an M.Sc. in physics" goes on.
            let short = after == ". " && SHORT.contains(&token.lower.as_str());
            token.after = if short { " " } else { after }.to_owned();
        }
    }
    let mut first = true;
    for token in &mut tokens {
        token.is_first = first;
        first = ends_sentence(&token.after);
    }
    tokens
}

/// Whether a sentence ends in what stands between two tokens.
pub(super) fn ends_sentence(between: &str) -> bool {
    between.contains(['!', '?', '\n', '…'])
        || between.contains(". ")
        || between.contains(".\"")
        || between.trim_end() == "." && between.len() > 1
}

fn push(tokens: &mut Vec<Token>, text: &str, range: Range<usize>, is_address: bool) {
    let Some(written) = text.get(range.clone()) else {
        return;
    };
    let lower = written.to_lowercase().replace('’', "'");
    tokens.push(Token {
        range,
        root: root(&lower),
        lower,
        is_capital: written.chars().next().is_some_and(char::is_uppercase),
        is_first: false,
        is_address,
        after: String::new(),
    });
}

/// Places of the words in a chunk without white space.
fn words(chunk: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut chars = chunk.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let inside = match c {
            c if c.is_alphanumeric() => true,
            '\'' | '’' => before.is_alphabetic() && next.is_alphabetic(),
            '.' | ',' => {
                before.is_numeric() && next.is_numeric()
                    || c == '.' && before.is_alphabetic() && next.is_alphabetic()
            }
            '+' => before.is_alphabetic() || before == '+',
            '#' => before.is_alphabetic(),
            '%' => before.is_numeric(),
            _ => false,
        };
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(from..at);
                start = None;
            }
            (None, false) | (Some(_), true) => {}
        }
        before = c;
    }
    if let Some(from) = start {
        words.push(from..chunk.len());
    }
    words
}

fn is_address(chunk: &str) -> bool {
    if chunk.contains('@') || chunk.contains("://") || chunk.starts_with("www.") {
        return chunk.len() > 3;
    }
    let host = chunk.split('/').next().unwrap_or_default();
    let Some((name, domain)) = host.rsplit_once('.') else {
        return false;
    };
    name.len() > 1
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        && DOMAINS.contains(&domain.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_family_have_one_root() {
        for family in [
            &[
                "migrate",
                "migrated",
                "migrating",
                "migration",
                "migrations",
            ][..],
            &["deploy", "deployed", "deploying", "deployment"],
            &["plan", "planned", "planning"],
            &["lead", "led", "leader"],
            &["invoice", "invoices", "invoicing"],
            &["nurse", "nurses", "nursing"],
        ] {
            let roots: Vec<String> = family.iter().map(|word| root(word)).collect();
            assert!(
                roots.iter().all(|root| *root == roots[0]),
                "{family:?} {roots:?}"
            );
        }
        assert_ne!(root("founded"), root("found"));
        assert_ne!(root("manager"), root("manual"));
    }

    #[test]
    fn words_numbers_and_addresses_are_told_apart() {
        let check = |text: &str, expected: &[&str]| {
            let tokens = tokens(text);
            let written: Vec<&str> = tokens.iter().map(|one| &text[one.range.clone()]).collect();
            assert_eq!(written, expected);
        };
        check(
            "I cut costs by 12.5%, in C++ and Node.js.",
            &[
                "I", "cut", "costs", "by", "12.5%", "in", "C++", "and", "Node.js",
            ],
        );
        check(
            "See https://ada.example/x, or a@b.example.",
            &["See", "https://ada.example/x", "or", "a@b.example"],
        );
        check(
            "a well-known CI/CD\nteam’s 1,200",
            &["a", "well", "known", "CI", "CD", "team’s", "1,200"],
        );
        let all = tokens("One two. Three, four");
        let first: Vec<bool> = all.iter().map(|one| one.is_first).collect();
        assert_eq!(first, [true, false, true, false]);
    }
}
