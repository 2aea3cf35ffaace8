//! From a role and its openings to the postings of a round.

use anyhow::{Context, Result, bail};

use super::format::{Board, BoardFile, Opening, Role, Shape};
use crate::posting::{Posting, PostingText, TextList};

/// 2026-11-16T07:30:00Z, a Monday: the newest postings of round 1.
const NEWEST: i64 = 1_794_814_200_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// The postings of a board in a round, in the order of the file.
pub(crate) fn postings(file: &BoardFile, number: u32, round: u32) -> Result<Vec<Posting>> {
    let mut postings = Vec::new();
    let mut ordinal = 0;
    for (role, role_number) in file.roles.iter().zip(1..) {
        for opening in &role.openings {
            ordinal += 1;
            let place = Place {
                number,
                role: role_number,
                ordinal,
                round,
            };
            let listed = opening.rounds.as_ref();
            if listed.is_none_or(|rounds| rounds.contains(&round)) {
                postings.push(
                    posting(&file.board, role, opening, place)
                        .with_context(|| format!("role {:?}", role.title))?,
                );
            }
        }
    }
    Ok(postings)
}

/// Where an opening stands: the ids and dates derive from it.
#[derive(Clone, Copy)]
struct Place {
    number: u32,
    role: u32,
    ordinal: u32,
    round: u32,
}

fn posting(board: &Board, role: &Role, opening: &Opening, place: Place) -> Result<Posting> {
    let later = place.round >= 2;
    let first_title = opening.title.as_ref().unwrap_or(&role.title);
    let title = opening.retitled.as_ref().filter(|_| later);
    let places = opening.moved.as_ref().filter(|_| later);
    let published = published(opening, place);
    Ok(Posting {
        id: id(board.shape, place),
        title: title.unwrap_or(first_title).clone(),
        profession: role.profession,
        language: role.language,
        department: role.department.clone(),
        team: role.team.clone().unwrap_or_else(|| "-".to_owned()),
        commitment: role.commitment.clone(),
        places: places.unwrap_or(&opening.places).clone(),
        country: opening.country.clone(),
        workplace: opening.workplace.clone(),
        group: group(role, first_title, place),
        requisition: (!place.ordinal.is_multiple_of(4)).then(|| (310 + place.ordinal).to_string()),
        published,
        updated: published + 2 * DAY + i64::from(place.round) * (DAY + 17 * 60_000),
        range: opening.range.clone(),
        text: text(board, role, opening, later)?,
    })
}

fn text(board: &Board, role: &Role, opening: &Opening, later: bool) -> Result<PostingText> {
    let language = role.language;
    let missing = || format!("the board says nothing in {:?}", language.code());
    let filled = |text: &String| fill(text, opening);
    let with = |items: &[String], own: &Option<String>| -> Result<Vec<String>> {
        own.iter().chain(items).map(filled).collect()
    };
    let about = opening.reworded.as_ref().filter(|_| later);
    let [duties, needs, nice] = board.headings.get(&language).with_context(missing)?;
    let mut lists = vec![
        TextList {
            heading: duties.clone(),
            items: with(&role.duties, &opening.duty)?,
        },
        TextList {
            heading: needs.clone(),
            items: with(&role.needs, &opening.need)?,
        },
    ];
    if !role.nice.is_empty() {
        lists.push(TextList {
            heading: nice.clone(),
            items: with(&role.nice, &None)?,
        });
    }
    let mut closing = with(&role.terms, &None)?;
    closing.extend(board.closing.get(&language).with_context(missing)?.clone());
    Ok(PostingText {
        intro: board.intro.get(&language).with_context(missing)?.clone(),
        body: vec![
            fill(&role.summary, opening)?,
            fill(about.unwrap_or(&opening.about), opening)?,
        ],
        pasted: role.pasted.clone(),
        lists,
        closing,
    })
}

/// Puts the opening's figures into the role's sentences.
fn fill(text: &str, opening: &Opening) -> Result<String> {
    let years = opening.years.map(|years| years.to_string());
    let mut filled = text.to_owned();
    for (mark, value) in [("{years}", &years), ("{pay}", &opening.pay)] {
        if filled.contains(mark) {
            let value = value.as_ref();
            filled = filled.replace(mark, value.with_context(|| format!("{mark} has no value"))?);
        }
    }
    if filled.contains(['{', '}']) {
        bail!("unknown mark in {text:?}");
    }
    Ok(filled)
}

fn published(opening: &Opening, place: Place) -> i64 {
    let opens_later = opening.rounds.as_ref().is_some_and(|r| !r.contains(&1));
    if opens_later {
        return NEWEST + DAY + i64::from(place.ordinal) * 7 * 60_000;
    }
    let days = (place.ordinal * 17 + place.number * 5) % 71;
    NEWEST - i64::from(days) * DAY - i64::from(place.ordinal % 9) * HOUR - 41_938
}

/// Ids look like the portal's: short numbers once, ten digits now, UUIDs at Lever.
fn id(shape: Shape, place: Place) -> String {
    let Place {
        number, ordinal, ..
    } = place;
    match shape {
        Shape::GreenhouseClassic => (2_100_000 + number * 30_000 + ordinal * 137).to_string(),
        Shape::GreenhouseNew => {
            (4_410_000_000_u64 + u64::from(number * 900_000 + ordinal * 3_001) * 10 + 2).to_string()
        }
        Shape::Lever => {
            // An odd factor keeps distinct places distinct in 32 bits.
            let mixed = (number * 1_000 + ordinal).wrapping_mul(0x9E37_79B1);
            let low = mixed.rotate_left(11) ^ 0x5bd1_e995;
            format!(
                "{mixed:08x}-{:04x}-4{:03x}-a{:03x}-{low:08x}{:04x}",
                low >> 16,
                mixed & 0xfff,
                low & 0xfff,
                (mixed >> 7) & 0xffff,
            )
        }
    }
}

/// Openings of one role under one title are one requisition in several places.
fn group(role: &Role, title: &str, place: Place) -> u64 {
    let titles = role
        .openings
        .iter()
        .map(|o| o.title.as_ref().unwrap_or(&role.title));
    let first = titles.take_while(|t| *t != title).count();
    1_300_000 + u64::from(place.number * 10_000 + place.role * 100) + first as u64
}
