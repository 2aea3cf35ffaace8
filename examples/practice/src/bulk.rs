//! Generated postings in any number, for benches.

use anyhow::{Context, Result};

use crate::corpus;
use crate::corpus::format::{BoardFile, Role, Shape};
use crate::portal::WrittenBoard;
use crate::posting::{Posting, PostingText, TextList};

/// Keeps a board's answer well below 8 MiB.
const PER_BOARD: usize = 500;

const THINGS: [&str; 24] = [
    "billing",
    "search",
    "parcel tracking",
    "ward planning",
    "timetables",
    "ledgers",
    "routing",
    "payroll",
    "storefronts",
    "sensor networks",
    "museum guides",
    "tax returns",
    "bike rental",
    "greenhouses",
    "school meals",
    "night trains",
    "lending",
    "laboratories",
    "ferries",
    "spare parts",
    "concert halls",
    "home care",
    "claims",
    "street lights",
];
const PLACES: [&str; 12] = [
    "Berlin",
    "Hamburg",
    "Remote (EU)",
    "Lyon",
    "Paris or remote",
    "München",
    "Dublin",
    "Leipzig",
    "Home based - EMEA",
    "Nantes",
    "Köln / hybrid",
    "Edinburgh",
];
const MANNERS: [&str; 10] = [
    "in small steps",
    "with few meetings",
    "in pairs",
    "with a weekly demonstration",
    "with a budget of its own",
    "across two offices",
    "on a four-day week",
    "with a rota that is fair to parents",
    "mostly in writing",
    "beside the people who use it",
];
const LEVELS: [&str; 6] = [
    "Junior",
    "Associate",
    "Senior",
    "Lead",
    "Principal",
    "Interim",
];

/// Rounds of boards that change: each lacks its own sixth of the postings.
const ROUNDS: usize = 3;

/// Boards of at most five hundred postings, every third one Lever's. They change from
/// round to round when they are to, and are always the same otherwise.
pub(crate) fn boards(postings: usize, changing: bool) -> Result<Vec<WrittenBoard>> {
    let rounds = if changing { ROUNDS } else { 1 };
    let files = corpus::files()?;
    let roles: Vec<(&BoardFile, &Role)> = files
        .iter()
        .flat_map(|file| file.roles.iter().map(move |role| (file, role)))
        .collect();
    let mut boards = Vec::new();
    for start in (0..postings).step_by(PER_BOARD) {
        let board = start / PER_BOARD;
        let (shape, name) = match board % 3 {
            0 => (Shape::GreenhouseClassic, "bulkold"),
            1 => (Shape::GreenhouseNew, "bulknew"),
            _ => (Shape::Lever, "bulklever"),
        };
        let round = |round: usize| -> Result<Vec<Posting>> {
            (start..postings.min(start + PER_BOARD))
                .filter(|index| !changing || index % 6 != round)
                .map(|index| {
                    let (file, role) = roles.get(index % roles.len()).context("no roles")?;
                    posting(file, role, shape, index)
                })
                .collect()
        };
        boards.push(WrittenBoard::new(
            shape,
            format!("{name}{board:03}"),
            format!("Bulk Employer {board}"),
            (0..rounds).map(round).collect::<Result<_>>()?,
        ));
    }
    Ok(boards)
}

fn posting(file: &BoardFile, role: &Role, shape: Shape, index: usize) -> Result<Posting> {
    let mut words = Words(index as u64 + 1);
    let (thing, level) = (words.pick(&THINGS), words.pick(&LEVELS));
    let (place, manner) = (words.pick(&PLACES), words.pick(&MANNERS));
    let people = 3 + words.below(40);
    let years = 1 + words.below(11);
    let opening = role.openings.first().context("a role has no opening")?;
    let pay = 30_000 + 500 * words.below(140);
    let fill = |text: &String| {
        text.replace("{years}", &years.to_string())
            .replace("{pay}", &format!("€{pay}"))
    };
    let [duties, needs, _] = file
        .board
        .headings
        .get(&role.language)
        .context("a language has no headings")?;
    let mut choose = |items: &[String]| -> Vec<String> {
        let keep = items.iter().filter(|_| words.below(5) > 0);
        keep.map(fill).collect()
    };
    let lists = vec![
        TextList {
            heading: duties.clone(),
            items: choose(&role.duties),
        },
        TextList {
            heading: needs.clone(),
            items: choose(&role.needs),
        },
    ];
    Ok(Posting {
        id: match shape {
            Shape::GreenhouseClassic | Shape::GreenhouseNew => (6_000_000 + index).to_string(),
            Shape::Lever => format!("b01df00d-0000-4000-a000-{index:012x}"),
        },
        title: format!("{level} {} – {thing}", role.title.trim()),
        profession: role.profession,
        language: role.language,
        department: role.department.clone(),
        team: thing.to_owned(),
        commitment: role.commitment.clone(),
        places: vec![place.to_owned()],
        country: None,
        workplace: opening.workplace.clone(),
        group: 6_000_000 + index as u64,
        requisition: Some(format!("B-{index}")),
        published: 1_790_000_000_000 + index as i64 * 1_000,
        updated: 1_790_000_000_000 + index as i64 * 1_000,
        range: None,
        text: PostingText {
            intro: file
                .board
                .intro
                .get(&role.language)
                .cloned()
                .unwrap_or_default(),
            body: vec![
                fill(&role.summary),
                format!("{people} people look after {thing} in {place}, and work {manner}."),
            ],
            pasted: None,
            lists,
            closing: role.terms.iter().map(fill).collect(),
        },
    })
}

/// A fixed sequence of choices: SplitMix64, so that every run is the same.
pub(crate) struct Words(pub(crate) u64);

impl Words {
    /// The next number, smaller than `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let index = self.below(words.len() as u64) as usize;
        words.get(index).copied().unwrap_or_default()
    }
}
