//! A part of a comment's first line: what it says, by its words.

/// What a part of the line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Link,
    Pay,
    Workplace,
    Employment,
    Role,
    Visa,
    Other,
}

/// What `part` says.
pub(crate) fn kind(part: &str) -> Part {
    let lower = part.to_lowercase();
    let has = |words: &str| words.split(", ").any(|word| has_word(&lower, word));
    if lower.contains("://") || (!lower.contains(' ') && is_host(&lower)) {
        return Part::Link;
    }
    let role = has(
        "engineer, engineers, engineering, developer, developers, dev, devs, manager, \
         managers, designer, designers, scientist, scientists, analyst, architect, \
         lead, head of, director, sre, devops, roles, positions, programmer, \
         administrator, consultant, founding, cto, vp, researcher, researchers, \
         specialist, writer, marketer, recruiter, operator, operators, swe, multiple, \
         fullstack, full-stack, full stack, backend, frontend, staff, principal, \
         senior, junior, intern, product, co-founder, cofounder, technician",
    );
    if is_pay(&lower) && !role {
        return Part::Pay;
    }
    let workplace =
        has("remote, onsite, on-site, on site, hybrid, in-office, in office, in-person, wfh");
    if workplace && !role {
        return Part::Workplace;
    }
    if role {
        return Part::Role;
    }
    if has("visa, relocation, sponsorship, h1b") {
        return Part::Visa;
    }
    let employment = has(
        "full-time, full time, fulltime, part-time, part time, contract, contractor, \
         freelance, internship, permanent, ft, equity",
    );
    if employment {
        Part::Employment
    } else {
        Part::Other
    }
}

/// Where the work is, out of words like "Berlin, ONSITE" and "Remote (US only)".
pub(crate) fn place_of_work(part: &str) -> Option<String> {
    const WORDS: [&str; 11] = [
        "fully remote",
        "remote-first",
        "remote",
        "onsite",
        "on-site",
        "on site",
        "hybrid",
        "in-office",
        "in office",
        "in-person",
        "wfh",
    ];
    let lower = part.to_lowercase();
    // Letters whose lower case has another length would shift what is cut.
    if lower.len() != part.len() {
        return Some(part.to_owned());
    }
    let mut left = part.to_owned();
    for word in WORDS {
        while let Some(at) = left.to_lowercase().find(word) {
            if left.get(at..at + word.len()).is_none() {
                break;
            }
            left.replace_range(at..at + word.len(), " ");
        }
    }
    let trimmed = left.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = trimmed
        .split([',', '/', '(', ')', '[', ']', ';', ' ', '&', '-', '–'])
        .filter(|word| !word.is_empty())
        .collect();
    let filler = |word: &&str| {
        [
            "or", "and", "only", "ok", "friendly", "first", "possible", "optional", "in", "work",
            "100%", "global",
        ]
        .contains(&word.to_lowercase().as_str())
    };
    if words.iter().all(filler) {
        return None;
    }
    // "Remote or Berlin" names a place, "Remote (EU)" where one may live.
    let choice = ["or ", "or, ", "and ", "in "]
        .iter()
        .find_map(|word| trimmed.strip_prefix(word));
    let choice = choice.or_else(|| trimmed.strip_suffix(" or"));
    match choice {
        Some(place) => Some(place.trim().to_owned()),
        None if lower.contains("remote") => Some(format!("Remote ({trimmed})")),
        None => Some(trimmed.to_owned()),
    }
}

/// Whether `part` can be the name of a place: a short text that names no tool,
/// trade or round of funding.
pub(crate) fn is_place(part: &str) -> bool {
    const OTHERS: &str = "typescript, javascript, python, rust, react, postgres, postgresql, ai, ml, \
         llm, llms, node, node.js, java, go, golang, kotlin, swift, scala, aws, gcp, azure, \
         kubernetes, k8s, docker, c++, c#, ruby, rails, elixir, php, laravel, ios, android, \
         terraform, django, next.js, vue, angular, graphql, linux, saas, b2b, seed, series, yc, \
         fintech, healthcare, healthtech, edtech, climate, robotics, crypto, startup, stealth, \
         bootstrapped, profitable, nonprofit, benefits, bonus, stock, hiring, security, sales, \
         marketing, design, data, infrastructure, platform, mobile, web, we, our";
    let lower = part.to_lowercase();
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    part.len() <= 80 && letters > 1 && !OTHERS.split(", ").any(|word| has_word(&lower, word))
}

/// Whether `word` stands in `text` with no letter or digit beside it.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text
            .get(at + word.len()..)
            .and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn is_host(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default();
    let end = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && (2..=12).contains(&end.len())
        && end.bytes().all(|b| b.is_ascii_lowercase())
}

/// An amount with a currency, or in thousands.
fn is_pay(lower: &str) -> bool {
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    let currency = lower.contains(['$', '€', '£', '₹', '¥'])
        || ["usd", "eur", "gbp", "cad", "aud", "chf"]
            .iter()
            .any(|code| has_word(lower, code));
    let thousands = lower.match_indices('k').any(|(at, _)| {
        let before = lower.get(..at).unwrap_or_default();
        before.ends_with(|c: char| c.is_ascii_digit())
    });
    digits >= 2 && (currency || thousands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_told_by_its_words() {
        for (part, expected) in [
            ("https://ebbe.example/jobs", Part::Link),
            ("ebbe.example/jobs", Part::Link),
            ("$150k-180k", Part::Pay),
            ("90-110k", Part::Pay),
            ("EUR 60.000", Part::Pay),
            ("Senior Engineer ($150k)", Part::Role),
            ("Lead Cook", Part::Role),
            ("REMOTE (US)", Part::Workplace),
            ("Husum, on-site", Part::Workplace),
            ("Remote Support Engineer", Part::Role),
            ("full time", Part::Employment),
            ("VISA", Part::Visa),
            ("Husum", Part::Other),
            ("Leeds", Part::Other),
        ] {
            assert_eq!(kind(part), expected, "{part}");
        }
    }

    #[test]
    fn a_place_is_told_from_the_words_around_it() {
        for (part, expected) in [
            ("Husum, ONSITE", Some("Husum")),
            ("Hybrid in Husum", Some("Husum")),
            ("Remote (US only)", Some("Remote (US only)")),
            ("Remote or Husum", Some("Husum")),
            ("Husum or Remote", Some("Husum")),
            ("Remote", None),
            ("fully remote / hybrid ok", None),
        ] {
            assert_eq!(place_of_work(part).as_deref(), expected, "{part}");
        }
    }

    #[test]
    fn tools_and_trades_are_no_places() {
        for (part, expected) in [
            ("Husum", true),
            ("San Marino / Husum / Ribe", true),
            ("US", true),
            ("TypeScript / Postgres / React", false),
            ("C++, Rust", false),
            ("Series B", false),
            ("Healthcare AI", false),
            ("7", false),
        ] {
            assert_eq!(is_place(part), expected, "{part}");
        }
    }
}
