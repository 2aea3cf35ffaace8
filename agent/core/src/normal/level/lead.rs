//! Words of a title that mark who leads: a company, people or a craft.
#![deny(clippy::indexing_slicing)]

use super::title::{Mark, Title};
use crate::{job::Level, text::Words};

static EXECUTIVES: Words = Words::of(
    "vp, svp, evp, avp, cto, ceo, cfo, coo, cmo, cio, ciso, cpo, geschäftsführer,
     geschäftsführerin, geschäftsführung, bereichsleiter, bereichsleiterin, bereichsleitung",
);

static DIRECTORS: Words =
    Words::of("director, directeur, directrice, directora, direktor, direktorin");

/// Before "director": a craft, not a level.
static DIRECTED_CRAFTS: Words = Words::of("art, creative, casting, music, film, photo");

static LEADERS: Words = Words::of(
    "teamleiter, teamleiterin, teamleitung, abteilungsleiter, abteilungsleiterin,
     abteilungsleitung, filialleiter, filialleiterin, filialleitung, schichtleiter,
     schichtleiterin, schichtleitung, stationsleitung, stationsleiter, stationsleiterin,
     pflegedienstleitung, küchenchef, küchenchefin, marktleiter, marktleiterin, lagerleiter,
     lagerleiterin, gruppenleiter, gruppenleiterin, vertriebsleiter, vertriebsleiterin,
     schulleiter, schulleiterin, schulleitung, kitaleitung, leiter, leiterin, leitung,
     responsable, gerente, supervisor, foreman, superintendent, encargado, encargada",
);

/// Before "manager": a group of people or a place of work.
static LED: Words = Words::of(
    "engineering, development, team, people, store, branch, shift, general, site, plant, factory,
     warehouse, nurse, nursing, ward, restaurant, hotel, kitchen, department, area, regional,
     district, design, research, operations, finance, accounting, accounts, clinic, practice,
     school, depot, fleet, group, country, division, production, maintenance, helpdesk, desk,
     retail, shop, supermarket, assistant, deputy, duty, floor, science, analytics, senior, sr,
     managing, it, ux, support",
);

/// After "lead": something sought or done, not people.
static LEAD_OBJECTS: Words =
    Words::of("generation, gen, management, qualification, nurturing, time, to");

/// Before "staff": the people, not a level.
static STAFF_OF: Words =
    Words::of("technical, of, trading, support, nursing, medical, bank, kitchen, bar, warehouse");

/// After "staff": crafts that use it for a level.
static STAFF_CRAFTS: Words = Words::of(
    "engineer, engineers, developer, scientist, designer, architect, software, data, sre,
     machine, security, researcher, product, backend, frontend, platform, infrastructure, devops,
     analyst",
);

static ASSISTANTS: Words =
    Words::of("assistant, assistenz, assistent, assistentin, assistante, secretary, staff");

/// The level of leading that the word at `at` marks.
pub(super) fn mark<'a>(title: &Title<'a>, at: usize) -> Option<Mark<'a>> {
    company(title, at)
        .or_else(|| people(title, at))
        .or_else(|| craft(title, at))
}

fn company<'a>(title: &Title<'a>, at: usize) -> Option<Mark<'a>> {
    let next = title.word(at + 1);
    let to = |last| Some(title.mark(Level::Executive, at, last));
    match title.word(at) {
        "head" if next == "of" && title.before(at) != "to" => to(at + 1),
        word if EXECUTIVES.has(word) && !assists(title, at) => to(at),
        "vice" if next == "president" && !assists(title, at) => to(at + 1),
        "chief" if !(next == "of" || assists(title, at)) => {
            to((at + 1..at + 5).find(|at| title.word(*at) == "officer")?)
        }
        word if DIRECTORS.has(word) => (!DIRECTED_CRAFTS.has(title.before(at))
            && !assists(title, at))
        .then(|| title.mark(Level::Executive, at, at)),
        _ => None,
    }
}

fn people<'a>(title: &Title<'a>, at: usize) -> Option<Mark<'a>> {
    let (before, next, after) = (title.before(at), title.word(at + 1), title.word(at + 2));
    let to = |last| Some(title.mark(Level::Manager, at, last));
    match title.word(at) {
        "head" if matches!(next, "nurse" | "teacher" | "chef") => to(at + 1),
        "chief" if next == "of" && after == "staff" => to(at + 2),
        "manager" | "managerin" => manager(title, at),
        word if LEADERS.has(word) && !assists(title, at) && before != "stellvertretende" => to(at),
        "chef" | "cheffe" if next == "d" && after == "équipe" => to(at + 2),
        "jefe" | "jefa" if next == "de" => to(at + 1),
        "principal"
            if matches!(before, "assistant" | "vice" | "school") || title.places().len() == 1 =>
        {
            to(at)
        }
        _ => None,
    }
}

fn craft<'a>(title: &Title<'a>, at: usize) -> Option<Mark<'a>> {
    let before = title.before(at);
    let from = |first| Some(title.mark(Level::Lead, first, at));
    match title.word(at) {
        "chief" if before != "the" && !assists(title, at) => from(at),
        "lead" if LEAD_OBJECTS.has(title.word(at + 1)) => None,
        "lead" if matches!(before, "team" | "tech" | "technical") => from(at - 1),
        "leader" if before == "team" => from(at - 1),
        "lead" | "teamlead" | "techlead" | "principal" | "distinguished" | "vorarbeiter"
        | "vorarbeiterin" => from(at),
        "staff" if is_staff_level(title, at) => from(at),
        _ => None,
    }
}

/// Whether the title is of somebody who assists the one named at `at`.
fn assists(title: &Title<'_>, at: usize) -> bool {
    title
        .all_before(at)
        .any(|word| matches!(word, "to" | "der" | "des" | "du" | "for"))
        && title.all_before(at).any(|word| ASSISTANTS.has(word))
}

/// A manager leads people if what stands before is a group of people or a
/// place of work, or if nothing does ("Manager, Data").
fn manager<'a>(title: &Title<'a>, at: usize) -> Option<Mark<'a>> {
    let from = |first| Some(title.mark(Level::Manager, first, at));
    let Some(previous) = at.checked_sub(1) else {
        return from(at);
    };
    if title.word(at + 1) == "of" {
        return from(at);
    }
    let before = title.word(previous);
    // "People operations" is a craft.
    let is_craft = before == "operations" && title.before(previous) == "people";
    if LED.has(before) && !is_craft {
        from(previous)
    } else {
        None
    }
}

/// "Staff" is a level before the crafts that use it so.
fn is_staff_level(title: &Title<'_>, at: usize) -> bool {
    !STAFF_OF.has(title.before(at)) && (at + 1..at + 6).any(|at| STAFF_CRAFTS.has(title.word(at)))
}
