//! Level of a position from its title or a stated level.
#![deny(clippy::indexing_slicing)]

use crate::{
    job::{Level, Stated},
    text,
};

/// Level that `title` names, with the words that name it.
///
/// Reads English, German, French and Spanish titles. Professions whose names
/// sound like levels ("Product Manager", "Staff Nurse") are [`Level::Mid`]
/// unless a level stands before them; a title without any mark gives `None`.
/// A title open to two levels ("Junior/Senior") is [`Level::Mid`] too.
pub fn of_title(title: &str) -> Option<Stated<Level>> {
    let title = text::quote(title, 200);
    let words: Vec<Word<'_>> = words(&title);
    if names_many(&words) {
        return None;
    }
    let mut marks: Vec<Mark<'_>> = (0..words.len()).filter_map(|at| mark(&words, at)).collect();
    let profession = profession(&words).map(|words| Mark {
        level: Level::Mid,
        words,
    });
    if marks.is_empty() {
        marks.extend(numbered(&words));
    }
    let has = |level| marks.iter().any(|mark: &Mark<'_>| mark.level == level);
    if has(Level::Entry) && has(Level::Senior) {
        return Some(Stated {
            value: Level::Mid,
            text: title,
        });
    }
    let order = [
        Level::Intern,
        Level::Executive,
        Level::Manager,
        Level::Lead,
        Level::Senior,
        Level::Entry,
        Level::Mid,
    ];
    let best = order
        .into_iter()
        .find_map(|level| marks.iter().find(|mark| mark.level == level))
        .copied();
    best.or(profession).map(|mark| Stated {
        value: mark.level,
        text: mark.words.to_owned(),
    })
}

/// Level that a portal's own field or a contract names ("Mid-Senior level",
/// "Internship", "Berufseinsteiger").
pub fn of_stated(stated: &str) -> Option<Stated<Level>> {
    let stated = text::quote(stated, 200);
    let lower = stated.to_lowercase();
    let value = match lower.as_str() {
        "mid-senior level" | "mid-senior" | "mid" | "mittel" | "professional"
        | "berufserfahren" | "confirmé" => Level::Mid,
        "associate" | "entry" | "entry level" | "einsteiger" | "débutant" => Level::Entry,
        "manager" | "management" => Level::Manager,
        "executive" | "c-level" => Level::Executive,
        "staff" => Level::Lead,
        _ => return of_title(&stated),
    };
    Some(Stated {
        value,
        text: stated,
    })
}

/// A word of a title.
struct Word<'a> {
    lower: String,
    start: usize,
    end: usize,
    title: &'a str,
    /// Stands in brackets.
    bracketed: bool,
}

/// A level and the words that name it.
#[derive(Clone, Copy)]
struct Mark<'a> {
    level: Level,
    words: &'a str,
}

fn words(title: &str) -> Vec<Word<'_>> {
    let mut depth = 0_i32;
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in title.char_indices().chain([(title.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let lower = title.get(from..at).unwrap_or_default().to_lowercase();
                words.push(Word {
                    lower,
                    start: from,
                    end: at,
                    title,
                    bracketed: depth > 0,
                });
                start = None;
            }
            _ => {}
        }
        depth += match c {
            '(' | '[' => 1,
            ')' | ']' => -1,
            _ => 0,
        };
    }
    words
}

fn span<'a>(words: &[Word<'a>], from: usize, to: usize) -> &'a str {
    match (words.get(from), words.get(to)) {
        (Some(first), Some(last)) => first.title.get(first.start..last.end).unwrap_or_default(),
        _ => "",
    }
}

fn word<'w>(words: &'w [Word<'_>], at: Option<usize>) -> &'w str {
    at.and_then(|at| words.get(at))
        .map_or("", |word| word.lower.as_str())
}

/// "All levels", "multiple seniority levels": no single level.
fn names_many(words: &[Word<'_>]) -> bool {
    words.windows(2).any(|pair| {
        matches!(
            word(pair, Some(0)),
            "all" | "seniority" | "multiple" | "various" | "any"
        ) && matches!(word(pair, Some(1)), "levels" | "level" | "seniorities")
    })
}

/// The level the word at `at` marks, with the words around it that belong to it.
fn mark<'a>(words: &[Word<'a>], at: usize) -> Option<Mark<'a>> {
    let this = words.get(at)?;
    let before = word(words, at.checked_sub(1));
    let next = word(words, Some(at + 1));
    let after = word(words, Some(at + 2));
    let one = |level| {
        Some(Mark {
            level,
            words: span(words, at, at),
        })
    };
    let two = |level| {
        Some(Mark {
            level,
            words: span(words, at, at + 1),
        })
    };
    match this.lower.as_str() {
        "intern"
        | "interns"
        | "internship"
        | "praktikum"
        | "praktikant"
        | "praktikantin"
        | "pflichtpraktikum"
        | "werkstudent"
        | "werkstudentin"
        | "werkstudierende"
        | "werkstudententätigkeit"
        | "apprentice"
        | "apprenticeship"
        | "ausbildung"
        | "azubi"
        | "auszubildende"
        | "auszubildender"
        | "stagiaire"
        | "alternance"
        | "alternant"
        | "alternante"
        | "apprenti"
        | "apprentie"
        | "becario"
        | "becaria"
        | "prácticas"
        | "tirocinio"
        | "stagista"
        | "coop" => {
            let organises = matches!(
                next,
                "program" | "programme" | "coordinator" | "manager" | "programs" | "recruiter"
            ) && after != "2025";
            (!organises).then(|| one(Level::Intern)).flatten()
        }
        "stage"
            if at == 0
                && !matches!(
                    next,
                    "manager" | "hand" | "technician" | "director" | "designer"
                ) =>
        {
            one(Level::Intern)
        }
        "working" | "dual" if next == "student" => two(Level::Intern),
        "duales" if next == "studium" => two(Level::Intern),
        "co" if next == "op" => two(Level::Intern),

        // An assistant of a head is not one.
        "head" if next == "of" && before != "to" => two(Level::Executive),
        "head" if matches!(next, "nurse" | "teacher" | "chef") => two(Level::Manager),
        "vp"
        | "svp"
        | "evp"
        | "avp"
        | "cto"
        | "ceo"
        | "cfo"
        | "coo"
        | "cmo"
        | "cio"
        | "ciso"
        | "cpo"
        | "geschäftsführer"
        | "geschäftsführerin"
        | "geschäftsführung"
        | "bereichsleiter"
        | "bereichsleiterin"
        | "bereichsleitung"
            if !assists(words, at) =>
        {
            one(Level::Executive)
        }
        "vice" if next == "president" && !assists(words, at) => two(Level::Executive),
        "chief" if next == "of" && after == "staff" => Some(Mark {
            level: Level::Manager,
            words: span(words, at, at + 2),
        }),
        "chief" if !assists(words, at) => {
            match (at + 1..at + 5).find(|at| word(words, Some(*at)) == "officer") {
                Some(officer) => Some(Mark {
                    level: Level::Executive,
                    words: span(words, at, officer),
                }),
                None if before != "the" => one(Level::Lead),
                None => None,
            }
        }
        "director" | "directeur" | "directrice" | "directora" | "direktor" | "direktorin"
            if !matches!(
                before,
                "art" | "creative" | "casting" | "music" | "film" | "photo"
            ) && !assists(words, at) =>
        {
            one(Level::Executive)
        }

        "manager" | "managerin" => manager(words, at),
        "teamleiter"
        | "teamleiterin"
        | "teamleitung"
        | "abteilungsleiter"
        | "abteilungsleiterin"
        | "abteilungsleitung"
        | "filialleiter"
        | "filialleiterin"
        | "filialleitung"
        | "schichtleiter"
        | "schichtleiterin"
        | "schichtleitung"
        | "stationsleitung"
        | "stationsleiter"
        | "stationsleiterin"
        | "pflegedienstleitung"
        | "küchenchef"
        | "küchenchefin"
        | "marktleiter"
        | "marktleiterin"
        | "lagerleiter"
        | "lagerleiterin"
        | "gruppenleiter"
        | "gruppenleiterin"
        | "vertriebsleiter"
        | "vertriebsleiterin"
        | "schulleiter"
        | "schulleiterin"
        | "schulleitung"
        | "kitaleitung"
        | "leiter"
        | "leiterin"
        | "leitung"
        | "responsable"
        | "gerente"
        | "supervisor"
        | "foreman"
        | "superintendent"
        | "encargado"
        | "encargada"
            if !assists(words, at) && before != "stellvertretende" =>
        {
            one(Level::Manager)
        }
        "chef" | "cheffe" if next == "d" && after == "équipe" => Some(Mark {
            level: Level::Manager,
            words: span(words, at, at + 2),
        }),
        "jefe" | "jefa" if next == "de" => two(Level::Manager),
        "principal" if matches!(before, "assistant" | "vice" | "school") || (words.len() == 1) => {
            one(Level::Manager)
        }

        "lead"
            if !matches!(
                next,
                "generation" | "gen" | "management" | "qualification" | "nurturing" | "time" | "to"
            ) =>
        {
            if matches!(before, "team" | "tech" | "technical") {
                Some(Mark {
                    level: Level::Lead,
                    words: span(words, at - 1, at),
                })
            } else {
                one(Level::Lead)
            }
        }
        "leader" if before == "team" => Some(Mark {
            level: Level::Lead,
            words: span(words, at - 1, at),
        }),
        "teamlead" | "techlead" | "principal" | "distinguished" | "vorarbeiter"
        | "vorarbeiterin" => one(Level::Lead),
        "staff" if is_staff_level(words, at) => one(Level::Lead),

        "senior" | "sr" | "sénior" | "seniors" => {
            // "(Senior) Accountant" is open to both.
            one(if this.bracketed && at == 0 {
                Level::Mid
            } else {
                Level::Senior
            })
        }
        "experienced" | "erfahrene" | "erfahrener" | "expérimenté" | "expérimentée" => {
            one(Level::Senior)
        }

        "junior" | "jr" | "júnior" | "trainee" | "traineeprogramm" | "berufseinsteiger"
        | "berufseinsteigerin" | "einsteiger" | "quereinsteiger" | "quereinsteigerin"
        | "quereinstieg" | "débutant" | "débutante" | "absolvent" | "absolventin"
        | "absolventen" | "volontär" | "volontärin" | "volontariat" | "campus" | "fresher" => {
            one(Level::Entry)
        }
        "entry" if next == "level" => two(Level::Entry),
        "early" if next == "career" => two(Level::Entry),
        "new" if matches!(next, "grad" | "grads" | "graduate" | "graduates") => two(Level::Entry),
        "grad" | "graduate" | "graduates"
            if !matches!(
                next,
                "school"
                    | "recruiter"
                    | "recruitment"
                    | "admissions"
                    | "studies"
                    | "programme"
                    | "program"
            ) || matches!(after, "2024" | "2025" | "2026" | "2027" | "") =>
        {
            one(Level::Entry)
        }
        "associate" if is_entry_associate(words, at) => one(Level::Entry),

        "mid" if matches!(next, "level" | "senior" | "career") => two(Level::Mid),
        "intermediate" | "medior" | "midlevel" => one(Level::Mid),
        _ => None,
    }
}

/// Whether the title is of somebody who assists the one named at `at`.
fn assists(words: &[Word<'_>], at: usize) -> bool {
    let before = words.get(..at).unwrap_or_default();
    let joined = before
        .iter()
        .any(|word| matches!(word.lower.as_str(), "to" | "der" | "des" | "du" | "for"));
    joined
        && before.iter().any(|word| {
            matches!(
                word.lower.as_str(),
                "assistant"
                    | "assistenz"
                    | "assistent"
                    | "assistentin"
                    | "assistante"
                    | "secretary"
            )
        })
}

/// A manager leads people if what stands before is a group of people or a
/// place of work, or if nothing does ("Manager, Data").
fn manager<'a>(words: &[Word<'a>], at: usize) -> Option<Mark<'a>> {
    const LED: &[&str] = &[
        "engineering",
        "development",
        "team",
        "people",
        "store",
        "branch",
        "shift",
        "general",
        "site",
        "plant",
        "factory",
        "warehouse",
        "nurse",
        "nursing",
        "ward",
        "restaurant",
        "hotel",
        "kitchen",
        "department",
        "area",
        "regional",
        "district",
        "design",
        "research",
        "operations",
        "finance",
        "accounting",
        "accounts",
        "clinic",
        "practice",
        "school",
        "depot",
        "fleet",
        "group",
        "country",
        "division",
        "production",
        "maintenance",
        "helpdesk",
        "desk",
        "retail",
        "shop",
        "supermarket",
        "assistant",
        "deputy",
        "duty",
        "floor",
        "science",
        "analytics",
        "senior",
        "sr",
        "managing",
        "it",
    ];
    let mark = |from| {
        Some(Mark {
            level: Level::Manager,
            words: span(words, from, at),
        })
    };
    let Some(previous) = at.checked_sub(1) else {
        return mark(at);
    };
    if word(words, Some(at + 1)) == "of" {
        return mark(at);
    }
    let before = word(words, Some(previous));
    let is_led = LED.contains(&before)
        && !(before == "operations" && word(words, previous.checked_sub(1)) == "people");
    is_led.then(|| mark(previous)).flatten()
}

/// The profession whose name only sounds like a level.
fn profession<'a>(words: &[Word<'a>]) -> Option<&'a str> {
    let at = words.iter().position(|word| {
        matches!(
            word.lower.as_str(),
            "manager"
                | "managerin"
                | "projektleiter"
                | "projektleiterin"
                | "projektleitung"
                | "bauleiter"
                | "bauleiterin"
                | "bauleitung"
        )
    });
    if let Some(at) = at {
        return Some(span(words, at.saturating_sub(usize::from(at > 0)), at));
    }
    let staff = words.iter().position(|word| word.lower == "staff")?;
    let next = word(words, Some(staff + 1));
    matches!(
        next,
        "nurse"
            | "accountant"
            | "writer"
            | "pharmacist"
            | "attorney"
            | "member"
            | "assistant"
            | "physician"
            | "reporter"
    )
    .then(|| span(words, staff, staff + 1))
}

/// "Staff" is a level before the crafts that use it so.
fn is_staff_level(words: &[Word<'_>], at: usize) -> bool {
    let before = word(words, at.checked_sub(1));
    if matches!(
        before,
        "technical"
            | "of"
            | "trading"
            | "support"
            | "nursing"
            | "medical"
            | "bank"
            | "kitchen"
            | "bar"
            | "warehouse"
    ) {
        return false;
    }
    (at + 1..at + 6).any(|at| {
        matches!(
            word(words, Some(at)),
            "engineer"
                | "engineers"
                | "developer"
                | "scientist"
                | "designer"
                | "architect"
                | "software"
                | "data"
                | "sre"
                | "machine"
                | "security"
                | "researcher"
                | "product"
                | "backend"
                | "frontend"
                | "platform"
                | "infrastructure"
                | "devops"
                | "analyst"
        )
    })
}

/// "Associate" before a craft is a first level; in "Sales Associate" and
/// "Associate Director" it is not.
fn is_entry_associate(words: &[Word<'_>], at: usize) -> bool {
    let next = word(words, Some(at + 1));
    let starts = at == 0 || word(words, at.checked_sub(1)) == "an";
    starts
        && !matches!(
            next,
            "" | "director"
                | "professor"
                | "vice"
                | "vp"
                | "partner"
                | "counsel"
                | "general"
                | "attorney"
                | "dean"
                | "principal"
                | "member"
                | "dentist"
                | "editor"
                | "veterinarian"
                | "lawyer"
        )
}

/// "Software Developer II", "Engineer 3": a number at the end of a part of the title.
fn numbered<'a>(words: &[Word<'a>]) -> Option<Mark<'a>> {
    (1..words.len()).find_map(|at| {
        let this = words.get(at)?;
        let written = this.title.get(this.start..this.end)?;
        let rest = this.title.get(this.end..)?.trim_start();
        let ends = rest.is_empty() || rest.starts_with(['-', '–', '(', ',', '/', '|', ':']);
        let craft = word(words, at.checked_sub(1));
        let is_craft = matches!(
            craft,
            "engineer"
                | "developer"
                | "analyst"
                | "scientist"
                | "designer"
                | "administrator"
                | "technician"
                | "specialist"
                | "accountant"
                | "associate"
                | "consultant"
                | "programmer"
                | "architect"
                | "nurse"
                | "teacher"
                | "operator"
                | "representative"
                | "level"
                | "researcher"
                | "coordinator"
                | "swe"
                | "sde"
                | "electrician"
                | "clerk"
        );
        let level = match written {
            "I" | "1" => Level::Entry,
            "II" | "2" => Level::Mid,
            "III" | "3" | "IV" | "4" => Level::Senior,
            "V" | "5" => Level::Lead,
            _ => return None,
        };
        (ends && is_craft).then(|| Mark {
            level,
            words: span(words, at - 1, at),
        })
    })
}

#[cfg(test)]
mod tests;
