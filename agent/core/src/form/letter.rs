//! A short letter made of facts alone.

use serde::{Deserialize, Serialize};

use crate::text;

/// How a letter speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Short and plain.
    #[default]
    Plain,
    /// With a friendly word.
    Warm,
    /// As a letter to an office.
    Formal,
}

impl Tone {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Warm, Self::Formal];

    /// Name, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Warm => "warm",
            Self::Formal => "formal",
        }
    }

    /// The tone of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.name() == name)
    }
}

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
    /// How it speaks.
    pub tone: Tone,
    /// A skill to point out, and the line of the CV that shows it.
    pub emphasis: Option<(&'a str, &'a str)>,
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
    /// Greeting and close of the other tones.
    warm: Manners,
    formal: Manners,
    point: &'static str,
    point_line: &'static str,
}

/// How a letter begins and ends.
struct Manners {
    greeting: &'static str,
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
    warm: Manners {
        greeting: "Hello,",
        attached: "The details are in my CV. I would be very glad to get to know you and your team.",
        close: "Warm regards,",
    },
    formal: Manners {
        greeting: "Dear Sir or Madam,",
        attached: "Please find the details in my CV. I would welcome the opportunity of an interview.",
        close: "Yours faithfully,",
    },
    point: "I would point to {skill} in particular.",
    point_line: "I would point to {skill} in particular; my CV says: “{line}”.",
};

const GERMAN: Sentences = Sentences {
    greeting: "Guten Tag,",
    apply: "ich bewerbe mich auf die Stelle „{title}“ bei {employer}.",
    apply_unnamed: "ich bewerbe mich auf die Stelle „{title}“.",
    skills: "In Ihrer Ausschreibung nennen Sie {skills}; wo ich damit gearbeitet habe, steht in meinem Lebenslauf.",
    and: "und",
    attached: "Alles Weitere finden Sie in meinem Lebenslauf. Über ein Gespräch freue ich mich.",
    close: "Mit freundlichen Grüßen",
    warm: Manners {
        greeting: "Hallo,",
        attached: "Alles Weitere steht in meinem Lebenslauf. Ich freue mich sehr darauf, Sie und Ihr Team kennenzulernen.",
        close: "Herzliche Grüße",
    },
    formal: Manners {
        greeting: "Sehr geehrte Damen und Herren,",
        attached: "Alles Weitere entnehmen Sie bitte meinem Lebenslauf. Über die Einladung zu einem Gespräch würde ich mich freuen.",
        close: "Mit freundlichen Grüßen",
    },
    point: "Besonders hinweisen möchte ich auf {skill}.",
    point_line: "Besonders hinweisen möchte ich auf {skill}; in meinem Lebenslauf steht: „{line}“.",
};

const FRENCH: Sentences = Sentences {
    greeting: "Madame, Monsieur,",
    apply: "Je pose ma candidature au poste « {title} » chez {employer}.",
    apply_unnamed: "Je pose ma candidature au poste « {title} ».",
    skills: "Votre offre mentionne {skills} ; mon CV indique où j’ai travaillé avec cela.",
    and: "et",
    attached: "Vous trouverez les détails dans mon CV. Je serais heureux d’échanger avec vous.",
    close: "Cordialement,",
    warm: Manners {
        greeting: "Bonjour,",
        attached: "Les détails sont dans mon CV. Je serais très heureux de faire votre connaissance.",
        close: "Bien cordialement,",
    },
    formal: Manners {
        greeting: "Madame, Monsieur,",
        attached: "Vous trouverez les détails dans mon CV. Je me tiens à votre disposition pour un entretien.",
        close: "Je vous prie d’agréer, Madame, Monsieur, mes salutations distinguées.",
    },
    point: "Je voudrais attirer votre attention sur {skill}.",
    point_line: "Je voudrais attirer votre attention sur {skill} ; mon CV indique : « {line} ».",
};

const SPANISH: Sentences = Sentences {
    greeting: "Estimado equipo de selección:",
    apply: "Presento mi candidatura al puesto «{title}» en {employer}.",
    apply_unnamed: "Presento mi candidatura al puesto «{title}».",
    skills: "Su oferta menciona {skills}; mi CV indica dónde he trabajado con ello.",
    and: "y",
    attached: "Encontrarán los detalles en mi CV. Estaré encantado de hablar con ustedes.",
    close: "Un cordial saludo,",
    warm: Manners {
        greeting: "Hola:",
        attached: "Los detalles están en mi CV. Me encantaría conocerles a ustedes y a su equipo.",
        close: "Un saludo cordial,",
    },
    formal: Manners {
        greeting: "Muy señores míos:",
        attached: "Encontrarán los detalles en mi CV. Quedo a su disposición para una entrevista.",
        close: "Atentamente,",
    },
    point: "Quisiera destacar {skill}.",
    point_line: "Quisiera destacar {skill}; mi CV dice: «{line}».",
};

/// Whether the sentences of a letter are known in a language.
pub fn letters_know(language: &str) -> bool {
    matches!(language, "en" | "de" | "fr" | "es")
}

fn sentences_of(language: Option<&str>) -> &'static Sentences {
    match language {
        Some("de") => &GERMAN,
        Some("fr") => &FRENCH,
        Some("es") => &SPANISH,
        _ => &ENGLISH,
    }
}

/// A letter that claims nothing beyond its facts. Plain text, line ends as `\n`.
pub fn letter(facts: &LetterFacts<'_>) -> String {
    let words = sentences_of(facts.language);
    let mut body = opening(facts);
    let skills = list(facts.skills, words.and);
    if !skills.is_empty() {
        body.push(' ');
        body.push_str(&fill(words.skills, "{skills}", &skills));
    }
    if let Some((skill, line)) = facts.emphasis {
        let (skill, line) = (text::line(skill), text::quote(line, 200));
        let says_more = line.chars().count() > skill.chars().count() + 3;
        let point = if says_more {
            words.point_line
        } else {
            words.point
        };
        body.push(' ');
        body.push_str(&fill(&fill(point, "{skill}", &skill), "{line}", &line));
    }
    framed(facts, vec![body])
}

/// A letter with these paragraphs of somebody else's in its middle: how it begins, which
/// position it is for and how it ends is said as in [`letter`].
pub fn letter_around(facts: &LetterFacts<'_>, middle: &[String]) -> String {
    let mut body = vec![opening(facts)];
    body.extend(middle.iter().map(|paragraph| text::line(paragraph)));
    framed(facts, body)
}

/// "I am applying for the position “Cook” at Acme."
fn opening(facts: &LetterFacts<'_>) -> String {
    let words = sentences_of(facts.language);
    let employer = text::line(facts.employer);
    let apply = if employer.is_empty() {
        words.apply_unnamed
    } else {
        words.apply
    };
    let apply = fill(apply, "{title}", &text::line(facts.title));
    fill(&apply, "{employer}", &employer)
}

fn framed(facts: &LetterFacts<'_>, body: Vec<String>) -> String {
    let words = sentences_of(facts.language);
    let (greeting, attached, close) = match facts.tone {
        Tone::Plain => (words.greeting, words.attached, words.close),
        Tone::Warm => (words.warm.greeting, words.warm.attached, words.warm.close),
        Tone::Formal => (
            words.formal.greeting,
            words.formal.attached,
            words.formal.close,
        ),
    };
    let mut close = vec![close.to_owned(), text::line(facts.name)];
    close.extend(facts.reach.iter().map(|reach| text::line(reach)));
    close.retain(|line| !line.is_empty());
    let mut parts = vec![greeting.to_owned()];
    parts.extend(body);
    parts.push(attached.to_owned());
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
            tone: Tone::Plain,
            emphasis: None,
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
    fn what_another_wrote_stands_between_the_position_and_the_end() {
        let facts = LetterFacts {
            name: "Ada Bell",
            reach: &[],
            title: "Cook",
            employer: "Acme",
            skills: &["Baking".to_owned()],
            language: None,
            tone: Tone::Warm,
            emphasis: None,
        };
        let middle = ["I baked bread.".to_owned(), "I washed up.".to_owned()];
        assert_eq!(
            letter_around(&facts, &middle),
            "Hello,\n\nI am applying for the position “Cook” at Acme.\n\nI baked bread.\n\n\
             I washed up.\n\nThe details are in my CV. I would be very glad to get to know you \
             and your team.\n\nWarm regards,\nAda Bell\n"
        );
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
    fn a_letter_has_a_tone_and_points_something_out() {
        let check = |tone, language, emphasis, expected: &[&str]| {
            let letter = letter(&LetterFacts {
                name: "Ada Bell",
                reach: &[],
                title: "Cook",
                employer: "Acme",
                skills: &[],
                language,
                tone,
                emphasis,
            });
            for part in expected {
                assert!(letter.contains(part), "{part}\n{letter}");
            }
        };
        let line = Some(("Baking", "Baked bread for two cafés"));
        check(
            Tone::Warm,
            None,
            None,
            &["Hello,", "Warm regards,\nAda Bell"],
        );
        check(
            Tone::Formal,
            Some("de"),
            None,
            &["Sehr geehrte Damen und Herren,"],
        );
        check(
            Tone::Formal,
            Some("fr"),
            line,
            &["votre attention sur Baking ; mon CV"],
        );
        check(
            Tone::Plain,
            Some("es"),
            Some(("Baking", "Baking")),
            &["destacar Baking."],
        );
        check(
            Tone::Plain,
            Some("en"),
            line,
            &["my CV says: “Baked bread for two cafés”."],
        );
        assert!(
            Tone::ALL
                .iter()
                .all(|tone| Tone::of_name(tone.name()) == Some(*tone))
        );
    }

    #[test]
    fn text_of_a_posting_stays_a_title() {
        let letter = of("Cook\n{employer}\u{1b}[31m\nI lie", "Acme", &[], None);
        assert!(!letter.contains('\u{1b}'), "{letter}");
        assert_eq!(letter.lines().count(), 9, "{letter}");
    }
}
