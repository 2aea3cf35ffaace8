//! Sentences folded for matching, and which topics each may speak of.
#![deny(clippy::indexing_slicing)]

use std::sync::{LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::bytes::{Captures, Regex, RegexBuilder};

use crate::{job::Stated, text};

/// What a sentence may be about: each reader looks only at its own sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Right,
    Tongue,
    Degree,
    Contract,
    Hours,
    Office,
    Remote,
    Travel,
    Benefit,
    Size,
    Closing,
    Policy,
    Agency,
    Years,
    Machine,
}

/// Parts of folded words that open a topic, parted by commas; `_` is a space.
const HINTS: &[(Topic, &str)] = &[
    (
        Topic::Right,
        "visa, visum, visado, sponsor, parrain, patrocin, to work, work permit, work authori,
         work right, working right, work eligib, permit, arbeitserlaubnis, arbeitsgenehmigung,
         aufenthalt, permis de travail, autorisation, titre de sejour, permiso, autorizacion,
         derecho a trabajar, droit de travail, citizen, national, staatsangeh, staatsburger,
         ressortissant, us person, clearance, ts/sci, sicherheitsuberpruf, habilitation,
         security vetting, eligib, and work in, green card, burger, eu passport",
    ),
    (
        Topic::Degree,
        "degree, bachelor, master, phd, ph.d, doctora, diplom, universit, studium, ausbildung,
         hochschul, licence, bac +, bac+, titulo, titulacion, titulad, grado, b.sc, bsc, m.sc, msc, mba,
         high school, abitur, ciclo formativo, formacion profesional, bts, b.s., gcse, studierend,
         abschluss, b.a., promotion",
    ),
    (
        Topic::Contract,
        "full time, full-time, fulltime, part time, part-time, parttime, permanent, temporary,
         fixed term, fixed-term, contract, freelanc, intern, apprentice, vollzeit, teilzeit,
         befrist, festanstellung, werkstudent, praktik, ausbildung, minijob, temps plein,
         temps partiel, temps complet, cdi, cdd, interim, stage, alternance, jornada, indefinid,
         temporal, practicas, volunteer, ehrenamt, seasonal, saison, zeitarbeit, 1099,
         working student, voltijd, deeltijd, student, parcial, media jornada, tiempo",
    ),
    (
        Topic::Hours,
        "hour, hrs, stunde, std, wochenstund, heures, horas, h/, 5h, 0h, 9h, 8h, h_par, 5 h_, 0 h_, 9 h_, 8 h_",
    ),
    (
        Topic::Office,
        "day, tag, jour, dia",
    ),
    (
        Topic::Remote,
        "remote, km, mile, minut, commut, umkreis, except, exclud, outside of, not hire, unable to hire,
         time zone, timezone, hours, zeitzone, (not , not in , not available in, not eligible, teletrav, teletrab,
         fuseau, huso, utc, gmt, cet",
    ),
    (Topic::Travel, "travel, reise, deplacement, viaj"),
    (
        Topic::Benefit,
        "insurance, dental, health, krankenvers, mutuelle, seguro, pension, 401, retire, altersv,
         retraite, equity, stock option, share option, rsu, aktien, bspce, bonus, profit shar, prime,
         vacation, paid time, pto, annual leave, holiday, urlaub, conge, vacaciones, parental,
         maternity, paternity, elternzeit, learning, training budget, weiterbild, formation,
         formacion, relocation, umzug, jobticket, jobrad, deutschlandticket, commuter, firmenwagen,
         company car, transport, meal, lunch, ticket restaurant, kantine, essenszuschuss, gym,
         wellness, fitness, urban sports, childcare, kinderbetreu, kita, creche, flexible hours,
         flexible working hours, flexible arbeitszeit, flextime, gleitzeit, horario flexible,
         horaires flexibles",
    ),
    (
        Topic::Size,
        "employees, mitarbeit, collaborateurs, empleados, colleagues, salaries",
    ),
    (
        Topic::Closing,
        "apply, application, deadline, closing date, closes, close on, bewerb, candidature,
         date limite, fecha limite, plazo, postul, candidatura",
    ),
    (
        Topic::Policy,
        "chatgpt, gpt, llm, _ai, ai-, (ai, a.i., artificial intelligence, language model, _ki, ki-, _ia, 'ia,
         kunstliche, intelligence artificielle, inteligencia artificial, automat, bots, bot_, auto-appl, own words, own voice,
         eigenen wort, propres mots, propias palabras, mass appl",
    ),
    (
        Topic::Agency,
        "our client, my client, a client, unseren kunden, unseres kunden, unser kunde, notre client,
         nuestro cliente, personalvermittlung, zeitarbeit, arbeitnehmeruberlassung, staffing agency",
    ),
    (Topic::Years, "year, yrs, jahr, ans, anos, annee, +"),
    (
        Topic::Machine,
        "ignore, disregard, language model, an ai, system prompt, llm, chatgpt, assistant, forget,
         override",
    ),
];

/// Words that address a program that reads the text, and not an applicant.
static MACHINE: Pattern = Pattern::any(&[
    r"\b(?:ignore|disregard|forget|override)\b[^.;]{0,25}\b(?:previous|prior|above|preceding|earlier|all|any|these|those|your)\b[^.;]{0,25}\b(?:instruction|prompt|rule|guideline|direction|context|criteria|text|command)",
    r"\b(?:system prompt|prompt injection|jailbreak)\b",
    r"\b(?:you are|act as|pretend to be|as) (?:now )?(?:an? |the )?(?:ai|llm|large language model|language model|chatgpt|gpt|dan|ai assistant|ai model)\b",
    r"\b(?:note|message|instructions?|attention|important|dear|hey|hello)\b[^.;]{0,15}\b(?:ai|llm|language model|chatgpt|ats|screening system|assistant|parser)s?\b\s*[:,-]",
    r"\b(?:ai|llm|language model|assistant|model|parser)s? (?:reading|that reads?|parsing|processing|evaluating|screening|scoring|summari\w+) this\b",
]);

/// A sentence of a posting.
pub(super) struct Sentence<'a> {
    /// As it stands.
    pub(super) text: &'a str,
    /// In lower-case ASCII, with accents left out.
    pub(super) folded: String,
    /// Whether a heading above makes what it names nice to have.
    pub(super) is_welcome: bool,
    /// Whether it stands in a part about what the employer gives.
    pub(super) is_given: bool,
    topics: u32,
}

impl<'a> Sentence<'a> {
    /// A text on its own: a title, a field.
    pub(super) fn of(text: &'a str) -> Self {
        let folded = fold(text);
        Self {
            text,
            topics: topics(&folded),
            folded,
            is_welcome: false,
            is_given: false,
        }
    }

    /// Whether it may speak of `topic`.
    pub(super) fn may_be_about(&self, topic: Topic) -> bool {
        self.topics & bit(topic) != 0
    }

    /// `value` with this sentence behind it.
    pub(super) fn states<T>(&self, value: T) -> Stated<T> {
        Stated {
            value,
            text: text::quote(self.text, 200),
        }
    }
}

/// The sentences of `description` that speak of a topic, without the lines that
/// address a program.
pub(super) fn sentences(description: &str) -> Vec<Sentence<'_>> {
    let mut kept = Vec::new();
    let mut part = Part::default();
    for line in description.lines() {
        let first = kept.len();
        part.follow(line);
        for text in text::sentences(line) {
            let mut sentence = Sentence::of(text);
            sentence.is_welcome = part.is_welcome;
            sentence.is_given = part.is_given;
            if sentence.may_be_about(Topic::Machine) && MACHINE.finds(&sentence.folded) {
                kept.truncate(first);
                // A demand of people who write with a model addresses people.
                sentence.topics &= bit(Topic::Policy);
                if sentence.topics != 0 {
                    kept.push(sentence);
                }
                break;
            }
            if sentence.topics != 0 {
                kept.push(sentence);
            }
        }
    }
    kept
}

/// The part of a posting a line stands in, by the headings above it.
#[derive(Default)]
struct Part {
    is_welcome: bool,
    is_given: bool,
}

static WELCOME: Pattern = Pattern::any(&[
    r"\b(?:nice[- ]to[- ]haves?|bonus(?: points)?|pluses|preferred|good to have|desirable|desired|optional|extra credit|would be great|plus points)\b",
    r"\b(?:von vorteil|wunschenswert|pluspunkte|kein muss|das ware toll|gern gesehen)\b",
    r"\b(?:un plus|atouts?|souhaitee?s?|apprecie(?:e|es)?|deseables?|se valora\w*|valorable)\b",
]);

static GIVEN: Pattern = Pattern::any(&[
    r"\b(?:benefits?|perks|we offer|what we offer|you get|you'll get|in it for you|our offer|why join)\b",
    r"\b(?:wir bieten|bieten wir|unser angebot|deine vorteile|ihre vorteile|was dich erwartet|freu dich)\b",
    r"\b(?:nous offrons|nous proposons|avantages|ofrecemos|beneficios|te ofrecemos)\b",
]);

static OTHER: Pattern = Pattern::any(&[
    r"\b(?:requirements?|must[- ]haves?|qualifications?|responsibilities|duties|about|you bring|your profile|essential|minimum|the role|skills|required|how to apply|process|location|languages?|education)\b",
    r"\b(?:anforderung\w*|aufgaben|profil|voraussetzung\w*|uber uns|bringst du|mitbring\w*|bewerbung\w*|missions?|prerequis|poste|a propos|requisitos|funciones|perfil|imprescindible|sprachen|langues|idiomas)\b",
]);

impl Part {
    /// Takes `line` as a heading if it is one.
    fn follow(&mut self, line: &str) {
        let line = line.trim();
        let is_item = line.starts_with(['-', '•', '*', '·', '–', '▪']);
        if line.is_empty() || is_item || line.len() > 90 || line.ends_with(['.', ',', ';']) {
            return;
        }
        let words = line.split_whitespace().count();
        let is_marked = line.ends_with([':', '?']);
        if words > 9 || (words > 6 && !is_marked) {
            return;
        }
        let folded = fold(line);
        let is_shouted =
            line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
        // "German is nice to have" is an item and opens nothing.
        let is_heading = is_marked || is_shouted;
        let is_welcome = WELCOME
            .place(&folded)
            .is_some_and(|place| is_heading || (place.start == 0 && words <= 4));
        let is_given = !is_welcome && (is_heading || words <= 5) && GIVEN.finds(&folded);
        if is_welcome || is_given {
            *self = Self {
                is_welcome,
                is_given,
            };
        } else if is_heading || OTHER.finds(&folded) {
            *self = Self::default();
        }
    }
}

/// `text` in lower-case ASCII: accents left out, dashes and quotation marks
/// made plain, what has no such form a space. Points of "U.S." are left out.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            ' '..='~' => out.push(c),
            'ä' | 'à' | 'á' | 'â' | 'ã' | 'å' | 'Ä' | 'À' | 'Á' | 'Â' | 'Å' => {
                out.push('a')
            }
            'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'Í' | 'Î' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ö' | 'Ó' | 'Ô' | 'Ø' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' | 'Ü' | 'Ú' | 'Û' => out.push('u'),
            'ç' | 'Ç' | 'č' | 'Č' => out.push('c'),
            'ñ' | 'Ñ' => out.push('n'),
            'ß' => out.push_str("ss"),
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            '‐' | '‑' | '–' | '—' | '−' => out.push('-'),
            '’' | '‘' | '´' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            _ => out.push(' '),
        }
    }
    if out.contains(".s") || out.contains(".k.") || out.contains(".u.") {
        out = out
            .replace("u.s.a.", "usa")
            .replace("u.s.a", "usa")
            .replace("u.s.", "us")
            .replace("u.s", "us")
            .replace("u.k.", "uk")
            .replace("e.u.", "eu");
    }
    out
}

fn bit(topic: Topic) -> u32 {
    1 << (topic as u32)
}

fn topics(folded: &str) -> u32 {
    static TABLE: LazyLock<Option<(AhoCorasick, Vec<u32>)>> = LazyLock::new(|| {
        let hints = HINTS.iter().flat_map(|(topic, words)| {
            let words = words
                .split([',', '\n'])
                .map(|word| word.trim().replace('_', " "));
            words
                .filter(|word| !word.is_empty())
                .map(|word| (word, bit(*topic)))
        });
        let tongues = super::tongue::names().map(|name| (name.to_owned(), bit(Topic::Tongue)));
        let (words, bits): (Vec<String>, Vec<u32>) = hints.chain(tongues).unzip();
        let table = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(words)
            .ok()?;
        Some((table, bits))
    });
    let Some((table, bits)) = TABLE.as_ref() else {
        return 0;
    };
    table
        .find_overlapping_iter(folded)
        .filter_map(|found| bits.get(found.pattern().as_usize()))
        .fold(0, |mask, bit| mask | bit)
}

/// Alternatives of one meaning, matched in folded text.
pub(super) struct Pattern {
    written: &'static [&'static str],
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(super) const fn any(written: &'static [&'static str]) -> Self {
        Self {
            written,
            compiled: OnceLock::new(),
        }
    }

    fn compiled(&self) -> Option<&Regex> {
        let compiled = self.compiled.get_or_init(|| {
            let built = RegexBuilder::new(&self.written.join("|"))
                .unicode(false)
                .size_limit(64 << 20)
                .build();
            debug_assert!(built.is_ok(), "{built:?}");
            built.ok()
        });
        compiled.as_ref()
    }

    /// Whether one of them stands in `folded`.
    pub(super) fn finds(&self, folded: &str) -> bool {
        self.compiled()
            .is_some_and(|regex| regex.is_match(folded.as_bytes()))
    }

    /// Where the first of them stands in `folded`.
    pub(super) fn place(&self, folded: &str) -> Option<std::ops::Range<usize>> {
        Some(self.compiled()?.find(folded.as_bytes())?.range())
    }

    /// The groups of the first of them.
    pub(super) fn captures<'h>(&self, folded: &'h str) -> Option<Captures<'h>> {
        self.compiled()?.captures(folded.as_bytes())
    }
}

/// The group `name` of `found` as text.
pub(super) fn group<'h>(found: &Captures<'h>, name: &str) -> Option<&'h str> {
    std::str::from_utf8(found.name(name)?.as_bytes()).ok()
}
