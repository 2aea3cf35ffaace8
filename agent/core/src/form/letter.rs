//! A short letter made of facts alone.

use crate::text;

/// What the letter may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterFacts<'a> {
    /// The person's full name.
    pub name: &'a str,
    /// Electronic mail address and telephone number, where known.
    pub reach: &'a [String],
    /// Title of the posting.
    pub title: &'a str,
    /// The employer.
    pub employer: &'a str,
    /// Skills that both the CV and the posting state, the most important first.
    pub skills: &'a [String],
    /// Language of the posting, ISO 639-1; other than `de`, `fr` and `es` give English.
    pub language: Option<&'a str>,
}

/// The most skills that are named.
const MAX_SKILLS: usize = 5;

/// The sentences of a letter in one language. `{title}`, `{employer}` and
/// `{skills}` stand for the facts.
struct Sentences {
    greeting: &'static str,
    apply: &'static str,
    apply_unnamed: &'static str,
    skills: &'static str,
    and: &'static str,
    attached: &'static str,
    close: &'static str,
}

const ENGLISH: Sentences = Sentences {
    greeting: "Dear hiring team,",
    apply: "I am applying for the position “{title}” at {employer}.",
    apply_unnamed: "I am applying for the position “{title}”.",
    skills: "Your posting asks for {skills}; my CV says where I have worked with this.",
    and: "and",
    attached: "You will find the details in my CV. I would be glad to talk with you.",
    close: "Kind regards,",
};

const GERMAN: Sentences = Sentences {
    greeting: "Guten Tag,",
    apply: "ich bewerbe mich auf die Stelle „{title}“ bei {employer}.",
    apply_unnamed: "ich bewerbe mich auf die Stelle „{title}“.",
    skills: "In Ihrer Ausschreibung nennen Sie {skills}; wo ich damit gearbeitet habe, steht in meinem Lebenslauf.",
    and: "und",
    attached: "Alles Weitere finden Sie in meinem Lebenslauf. Über ein Gespräch freue ich mich.",
    close: "Mit freundlichen Grüßen",
};

const FRENCH: Sentences = Sentences {
    greeting: "Madame, Monsieur,",
    apply: "Je pose ma candidature au poste « {title} » chez {employer}.",
    apply_unnamed: "Je pose ma candidature au poste « {title} ».",
    skills: "Votre offre mentionne {skills} ; mon CV indique où j’ai travaillé avec cela.",
    and: "et",
    attached: "Vous trouverez les détails dans mon CV. Je serais heureux d’échanger avec vous.",
    close: "Cordialement,",
};

const SPANISH: Sentences = Sentences {
    greeting: "Estimado equipo de selección:",
    apply: "Presento mi candidatura al puesto «{title}» en {employer}.",
    apply_unnamed: "Presento mi candidatura al puesto «{title}».",
    skills: "Su oferta menciona {skills}; mi CV indica dónde he trabajado con ello.",
    and: "y",
    attached: "Encontrarán los detalles en mi CV. Estaré encantado de hablar con ustedes.",
    close: "Un cordial saludo,",
};

/// A letter that claims nothing beyond its facts. Plain text, line ends as `\n`.
pub fn letter(facts: &LetterFacts<'_>) -> String {
    let words = match facts.language {
        Some("de") => &GERMAN,
        Some("fr") => &FRENCH,
        Some("es") => &SPANISH,
        _ => &ENGLISH,
    };
    let employer = text::line(facts.employer);
    let apply = if employer.is_empty() {
        words.apply_unnamed
    } else {
        words.apply
    };
    let mut body = fill(apply, "{title}", &text::line(facts.title));
    body = fill(&body, "{employer}", &employer);
    let skills = list(facts.skills, words.and);
    if !skills.is_empty() {
        body.push(' ');
        body.push_str(&fill(words.skills, "{skills}", &skills));
    }
    let mut parts = vec![words.greeting.to_owned(), body, words.attached.to_owned()];
    let mut close = vec![words.close.to_owned(), text::line(facts.name)];
    close.extend(facts.reach.iter().map(|reach| text::line(reach)));
    close.retain(|line| !line.is_empty());
    parts.push(close.join("\n"));
    parts.join("\n\n") + "\n"
}

/// `text` with the first `mark` replaced.
fn fill(text: &str, mark: &str, value: &str) -> String {
    text.replacen(mark, value, 1)
}

/// "Rust, SQL and Kafka".
fn list(items: &[String], and: &str) -> String {
    let items: Vec<String> = items
        .iter()
        .map(|item| text::line(item))
        .filter(|item| !item.is_empty())
        .take(MAX_SKILLS)
        .collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} {and} {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, employer: &str, skills: &[&str], language: Option<&str>) -> String {
        let skills: Vec<String> = skills.iter().map(|skill| (*skill).to_owned()).collect();
        letter(&LetterFacts {
            name: "Ada Bell",
            reach: &["ada@example.org".to_owned()],
            title,
            employer,
            skills: &skills,
            language,
        })
    }

    #[test]
    fn a_letter_says_the_facts_and_nothing_else() {
        assert_eq!(
            of("Cook", "Acme", &["Baking", "Hygiene", "Menus"], None),
            "Dear hiring team,\n\n\
             I am applying for the position “Cook” at Acme. Your posting asks for Baking, \
             Hygiene and Menus; my CV says where I have worked with this.\n\n\
             You will find the details in my CV. I would be glad to talk with you.\n\n\
             Kind regards,\nAda Bell\nada@example.org\n"
        );
        let bare = of("Cook", "", &[], Some("it"));
        assert!(bare.contains("the position “Cook”.\n"), "{bare}");
        assert!(!bare.contains("asks for"), "{bare}");
    }

    #[test]
    fn a_letter_is_in_the_language_of_the_posting() {
        for (language, expected) in [
            (
                "de",
                "auf die Stelle „Cook“ bei Acme. In Ihrer Ausschreibung nennen Sie Rust und SQL;",
            ),
            (
                "fr",
                "au poste « Cook » chez Acme. Votre offre mentionne Rust et SQL ;",
            ),
            (
                "es",
                "al puesto «Cook» en Acme. Su oferta menciona Rust y SQL;",
            ),
        ] {
            let letter = of("Cook", "Acme", &["Rust", "SQL"], Some(language));
            assert!(letter.contains(expected), "{letter}");
        }
    }

    #[test]
    fn text_of_a_posting_stays_a_title() {
        let letter = of("Cook\n{employer}\u{1b}[31m\nI lie", "Acme", &[], None);
        assert!(!letter.contains('\u{1b}'), "{letter}");
        assert_eq!(letter.lines().count(), 9, "{letter}");
    }
}
