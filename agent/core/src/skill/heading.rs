//! Headings of a posting, and what they say of the sentences below them.
#![deny(clippy::indexing_slicing)]

use super::need;
use crate::text::Words;

/// Headings of what is asked of the person.
static ASKED: Words = Words::of(
    "requirement, must have, must-have, qualification, what you bring, what you'll bring,
     what you will bring, what you need, what you'll need, you have, you bring, who you are,
     about you, your profile, skills and experience, experience and skills, required,
     looking for, minimum, what we require, what we expect, we require, essential,
     your background, background includes, your skills, key skills, you should have, dein profil,
     ihr profil, dein background, anforderung, das bringst du mit, bringst du mit,
     bringen sie mit, was du mitbringst, was sie mitbringen, voraussetzung, qualifikation,
     das zeichnet, damit überzeug, wir erwarten, wir wünschen, du hast, profil recherché,
     votre profil, ton profil, compétences, prérequis, profil, qualités requises, requisitos,
     tu perfil, perfil, qué buscamos",
);

/// Headings of what the employer gives or says of itself in law.
static GIVEN: Words = Words::of(
    "benefit, perks, we offer, what we offer, offers, offer you, what you get, what you'll get,
     what's in it for you, our offer, compensation, equal opportunity, equal employment,
     why join, why work, life at, salary, diversity, wir bieten, das bieten wir, unser angebot,
     was wir bieten, was wir dir bieten, deine vorteile, ihre vorteile, benefits, freu dich,
     darauf kannst du dich freuen, nous offrons, nous proposons, ce que nous offrons, avantages,
     pourquoi nous rejoindre, qué ofrecemos, ofrecemos, beneficios, how to apply,
     bewerbungsprozess",
);

/// Headings that open another part of a posting, even without a mark.
static PARTS: Words = Words::of(
    "about, responsibilities, your tasks, your role, the role, your mission, what you'll do,
     what you will do, duties, day to day, aufgaben, deine rolle, über uns, das machst du,
     vos missions, missions, le poste, à propos, funciones, responsabilidades, tus tareas,
     core duties, job description, what you do, stelle",
);

/// What the heading above a sentence says of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Section {
    /// Nothing.
    #[default]
    Plain,
    /// It asks for what it names.
    Asked,
    /// What it names is nice to have.
    Welcome,
    /// The employer gives what it names.
    Given,
}

/// Follows the headings through a text.
#[derive(Debug, Default)]
pub(super) struct Reader {
    section: Section,
}

impl Reader {
    /// The section `sentence` stands in; `None` for one whose skills do not count.
    pub(super) fn section(&mut self, sentence: &str) -> Option<Section> {
        if let Some(section) = heading(sentence) {
            self.section = section;
        }
        (self.section != Section::Given).then_some(self.section)
    }
}

/// The section that `sentence` opens, if it is a heading.
fn heading(sentence: &str) -> Option<Section> {
    let item = sentence.starts_with(['-', '•', '*', '·', '–', '▪']);
    if item || sentence.chars().count() > 70 || sentence.ends_with(['.', ',', ';']) {
        return None;
    }
    let words = sentence.split_whitespace().count();
    let lower = sentence.to_lowercase().replace('’', "'");
    let marked = sentence.ends_with(':') || sentence.ends_with('?');
    if words > 9 || (words > 6 && !marked) {
        return None;
    }
    if need::OPTIONAL.stand_in_or_plural(&lower) {
        return Some(Section::Welcome);
    }
    if GIVEN.stand_in_or_plural(&lower) {
        return Some(Section::Given);
    }
    if ASKED.are_part_of(&lower) {
        return Some(Section::Asked);
    }
    // Any other short line with a colon, or in capitals, opens a new part.
    let shouted = words <= 6
        && sentence.chars().any(char::is_alphabetic)
        && !sentence.chars().any(char::is_lowercase);
    let titled =
        words <= 5 && sentence.starts_with(char::is_uppercase) && PARTS.stand_in_or_plural(&lower);
    (marked || shouted || titled).then_some(Section::Plain)
}
