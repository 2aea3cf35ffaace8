//! How far an answer holds: everywhere, or for one country, employer or posting.
#![deny(clippy::indexing_slicing)]

use std::sync::LazyLock;

use super::{
    class::{QuestionClass, Wording},
    phrase::{Folded, Rule},
    question_key::{JobFacts, Named},
};
use crate::normal::place;

/// How far an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// For whoever asks so.
    Everywhere,
    /// For the countries of the posting.
    Country,
    /// For this employer.
    Employer,
    /// For this posting.
    Posting,
}

/// Words for the employer without its name.
static EMPLOYER: LazyLock<Rule> = LazyLock::new(|| {
    Rule::read(
        "us | we | our | ours | here | this company | the company | this organization | \
         this organisation | the organization | this employer | this firm | join | \
         uns | unser* | hier | diesem unternehmen | dem unternehmen | dieser firma | \
         nous | notre | nos | ici | cette entreprise | l entreprise | notre entreprise | \
         nosotros | nuestr* | aqui | esta empresa | la empresa",
    )
});

/// Words for the posting without its title.
static POSTING: LazyLock<Rule> = LazyLock::new(|| {
    Rule::read(
        "this role | this position | this job | this opportunity | this opening | this vacancy | \
         the role | the position | this internship | cover letter | \
         diese stelle | dieser stelle | diese position | dieser position | die stelle | der stelle | \
         ce poste | cette offre | le poste | cette mission | \
         anything else | additional information | additional comment* | comment* | message | note to | \
         zusatzliche informationen | nachricht | bemerkung* | anmerkung* | anschreiben | \
         motivationsschreiben | informations complementaires | commentaire* | lettre de motivation | \
         informacion adicional | comentario* | mensaje | carta de presentacion | \
         este puesto | esta posicion | esta vacante | esta oferta | el puesto",
    )
});

/// Words for the place of the posting without its name.
static THERE: LazyLock<Rule> = LazyLock::new(|| {
    Rule::read(
        "this country | the country in which | the country where | country where | country in which | \
         this location | the location | the job location | location of this | location where | \
         where this | where the | country of | job is located | role is located | \
         position is located | role is based | job is based | position is based",
    )
});

/// How far the answer to a question holds. What is not certain to hold further
/// holds for the employer, at most.
pub(super) fn scope(
    class: QuestionClass,
    wording: &Wording<'_>,
    named: &Named,
    job: &JobFacts,
) -> Scope {
    let words = Folded::of(wording.label);
    match class {
        QuestionClass::Eligibility => {
            let told = names_country(wording.label) || !is_of_country(&words);
            match (told && !THERE.holds(&words), job.countries.is_empty()) {
                (true, _) => Scope::Everywhere,
                (false, false) => Scope::Country,
                (false, true) => Scope::Posting,
            }
        }
        QuestionClass::Contact | QuestionClass::Demographic | QuestionClass::Notice => {
            Scope::Everywhere
        }
        // Pay is asked in the money of the country, often without saying so.
        QuestionClass::Salary if job.countries.is_empty() => Scope::Employer,
        QuestionClass::Salary => Scope::Country,
        QuestionClass::Plain
        | QuestionClass::OpenText
        | QuestionClass::Legal
        | QuestionClass::Attestation
        | QuestionClass::Consent
        | QuestionClass::Policy
        | QuestionClass::Signature => {
            let writes = matches!(class, QuestionClass::Plain | QuestionClass::OpenText);
            if named.title || (writes && POSTING.holds(&words)) {
                Scope::Posting
            } else if named.employer || EMPLOYER.holds(&words) || writes && is_why(&words) {
                Scope::Employer
            } else {
                Scope::Everywhere
            }
        }
    }
}

/// "Why…?" asks for the reasons to come to this employer.
fn is_why(words: &Folded) -> bool {
    static WHY: LazyLock<Rule> = LazyLock::new(|| {
        Rule::read(
            "why | warum | wieso | weshalb | pourquoi | por que | motivat* | interests you | excites you | attracts you | how did you hear | how did you find | apply | applied | applying",
        )
    });
    WHY.holds(words)
}

/// Whether leave differs from country to country: work and stay do, the age of
/// majority and the kind of a driving licence are asked of the person.
fn is_of_country(words: &Folded) -> bool {
    static OF_PERSON: LazyLock<Rule> = LazyLock::new(|| {
        Rule::read(
            "driving* | driver* | drivers | license | licence | fuhrerschein* | fahrerlaubnis* | \
             permis de conduire | permis b | caces | carnet de conducir | permiso de conducir | \
             licencia de conducir | 18 | 16 | 21 | volljahrig* | nationality | nationalite | \
             nacionalidad | staatsangehor* | citizenship | citizenships",
        )
    });
    !OF_PERSON.holds(words)
}

/// Whether the text names a country or a union of countries.
pub(super) fn names_country(text: &str) -> bool {
    countries_in(text).next().is_some()
        || {
            static UNIONS: LazyLock<Rule> = LazyLock::new(|| {
                Rule::read(
                    "eu | european union | eea | schengen | europaische union | europaischen union | union europeenne | union europea",
                )
            });
            UNIONS.holds(&Folded::of(text))
        }
}

/// Codes of the countries that a text names.
pub(super) fn countries_in(text: &str) -> impl Iterator<Item = &'static str> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’' | '-'))
        .map(|word| word.trim_matches(['.', '-', '\'', '’']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found: Vec<&'static str> = Vec::new();
    for count in 1..=4 {
        for window in words.windows(count) {
            let name = window.join(" ");
            // "us", "in" and "no" are words unless they stand in capitals.
            let short = name.chars().filter(|c| c.is_alphabetic()).count() <= 3;
            let capitals = !name.chars().any(char::is_lowercase);
            let code = place::country_code(&name).filter(|_| !short || capitals);
            if let Some(code) = code.filter(|code| !found.contains(code)) {
                found.push(code);
            }
        }
    }
    found.into_iter()
}
