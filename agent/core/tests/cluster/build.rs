//! Postings out of the parts of the labelled set.

use std::collections::HashMap;

use agent_core::{
    cluster::Print,
    ids::SourceId,
    job::{self, Posting, Sightings},
};
use jiff::Timestamp;

/// A pair of postings and whether they are one opening.
pub(crate) struct Pair {
    pub(crate) same: bool,
    pub(crate) kind: String,
    /// As written in the set.
    pub(crate) row: &'static str,
    pub(crate) one: Made,
    pub(crate) other: Made,
    /// Other postings of the employers, of which their usual words are learned.
    pub(crate) around: Vec<Made>,
}

/// A posting with when it was seen.
#[derive(Clone)]
pub(crate) struct Made {
    pub(crate) print: Print,
    pub(crate) seen: Sightings,
    url: String,
}

struct Role {
    title: &'static str,
    all: Vec<&'static str>,
    teams: HashMap<&'static str, Vec<&'static str>>,
}

struct Employer {
    name: &'static str,
    usual: Vec<&'static str>,
    german: Vec<&'static str>,
}

struct Parts {
    roles: HashMap<&'static str, Role>,
    employers: HashMap<&'static str, Employer>,
}

/// Words that mean the same, for sentences in other words.
const OTHER_WORDS: [(&str, &str); 16] = [
    ("You will", "You are going to"),
    ("You ", "In this job you "),
    (" and ", " as well as "),
    ("build", "create"),
    ("keep", "maintain"),
    ("The first", "Your first"),
    ("work with", "collaborate with"),
    ("month", "calendar month"),
    ("customers", "clients of the house"),
    ("every", "each"),
    ("team", "group"),
    ("know", "understand"),
    ("day", "working day"),
    ("people", "colleagues"),
    ("is ", "is currently "),
    ("with", "together with"),
];

const BOARD: [&str; 3] = [
    "Job summary. Salary not disclosed. 214 people looked at this job, 31 applied.",
    "Create a free account to see how you match and to be told of jobs like this one.",
    "Report this job if it asks for money. Never pay to apply.",
];

const AGENCY: [&str; 4] = [
    "Our client is looking for someone to join them as soon as possible.",
    "We have worked with this company for years and know its managers well.",
    "Send us your CV as a Word file and we will call you back within two days.",
    "By applying you agree that we keep your file for other openings too.",
];

fn sections(text: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in text.lines().filter(|row| !row.starts_with('#')) {
        match row.strip_prefix('[').and_then(|row| row.strip_suffix(']')) {
            Some(key) => found.push((key, Vec::new())),
            None => found.last_mut().unwrap().1.push(row),
        }
    }
    found
}

fn parts() -> Parts {
    let roles = sections(include_str!("roles.txt"))
        .into_iter()
        .map(|(key, rows)| {
            let mut role = Role {
                title: rows[0],
                all: Vec::new(),
                teams: HashMap::new(),
            };
            for row in &rows[2..] {
                let (of, sentence) = row.split_once(' ').unwrap();
                match of {
                    "*" => role.all.push(sentence),
                    team => role.teams.entry(team).or_default().push(sentence),
                }
            }
            (key, role)
        });
    let employers = sections(include_str!("employers.txt")).into_iter();
    Parts {
        roles: roles.collect(),
        employers: employers
            .map(|(key, rows)| {
                let german = rows.iter().filter_map(|row| row.strip_prefix("de "));
                let usual = rows[1..].iter().filter(|row| !row.starts_with("de "));
                let employer = Employer {
                    name: rows[0],
                    usual: usual.copied().collect(),
                    german: german.collect(),
                };
                (key, employer)
            })
            .collect(),
    }
}

/// Some postings of each employer, with the key of their work.
type Usual = HashMap<&'static str, Vec<(&'static str, Made)>>;

fn usual(parts: &Parts) -> Usual {
    let works = [
        "backend", "nurse", "driver", "teacher", "sales", "product", "robot",
    ];
    let of_firm = |firm: &'static str| {
        let made = works.into_iter().enumerate().map(|(at, key)| {
            let work = format!("{key}.a");
            let base = [work.as_str(), firm, "Berlin, Germany"];
            (key, made(parts, 100_000 + at, base, &HashMap::new(), ""))
        });
        (firm, made.collect())
    };
    parts.employers.keys().copied().map(of_firm).collect()
}

/// The labelled set.
pub(crate) fn pairs() -> Vec<Pair> {
    let parts = parts();
    let usual = usual(&parts);
    include_str!("pairs.txt")
        .lines()
        .enumerate()
        .filter(|(_, row)| !row.starts_with('#'))
        .map(|(number, row)| pair(&parts, &usual, number, row))
        .collect()
}

fn pair(parts: &Parts, usual: &Usual, number: usize, row: &'static str) -> Pair {
    let fields: Vec<&str> = row.split('|').map(str::trim).collect();
    let (label, kind) = fields[0].split_once(' ').unwrap();
    let mut base = fields[1].splitn(3, ' ');
    let base = [(); 3].map(|()| base.next().unwrap());
    // A title may hold the sign that parts the fields ("Engineer | Acme").
    let rest = row.splitn(4, '|').nth(3).unwrap_or_default();
    let one = edits(fields[2]);
    let other = edits(rest);
    assert!(matches!(label, "same" | "other"), "{row}");
    let role = base[0].split('.').next().unwrap();
    let firms = [Some(base[1]), other.get("firm").copied()];
    let around = firms.into_iter().flatten().flat_map(|firm| &usual[firm]);
    let around = around.filter(|(key, _)| *key != role);
    let around = around.map(|(_, made)| made.clone()).collect();
    let first = made(parts, number * 10 + 10_001, base, &one, "");
    let second = made(parts, number * 10 + 10_002, base, &other, &first.url);
    Pair {
        same: label == "same",
        kind: kind.to_owned(),
        row,
        one: first,
        other: second,
        around,
    }
}

fn edits(text: &'static str) -> HashMap<&'static str, &'static str> {
    text.split(';')
        .map(str::trim)
        .filter(|edit| !edit.is_empty())
        .map(|edit| edit.split_once('=').unwrap_or((edit, "")))
        .collect()
}

fn made(
    parts: &Parts,
    number: usize,
    [work, firm, place]: [&str; 3],
    edits: &HashMap<&str, &str>,
    it: &str,
) -> Made {
    let edit = |key: &str| edits.get(key).copied();
    let (role, team) = edit("work").unwrap_or(work).split_once('.').unwrap();
    let role = &parts.roles[role];
    let firm = edit("firm").unwrap_or(firm);
    let employer = &parts.employers[firm];
    let board = edit("at").unwrap_or("own");
    let board = if board == "own" { firm } else { board };
    let company = edit("name").unwrap_or(employer.name);
    let source = SourceId::of("board", board);
    let stated = |key: &str| edit(key).map(str::to_owned);
    let posting = Posting {
        external_id: number.to_string(),
        url: format!("https://{board}.example/jobs/{number}"),
        apply_url: edit("apply").map(|_| format!("{it}/apply?utm_source={board}")),
        title: stated("title").unwrap_or_else(|| role.title.to_owned()),
        company: Some(company.to_owned()),
        locations: match edit("place").unwrap_or(place) {
            "-" => Vec::new(),
            places => places.split(" / ").map(str::to_owned).collect(),
        },
        description_text: Some(text(role, team, employer, edits)),
        requisition_id: stated("req"),
        group_id: stated("group"),
        agency: edit("agency").map(|_| true),
        ..Posting::default()
    };
    let day = |day: i64| Timestamp::from_second(1_790_000_000 + day * 86_400).unwrap();
    let (first, last, closed) = match (edits.contains_key("gone"), edits.contains_key("later")) {
        (true, _) => (0, 20, Some(day(21))),
        (false, true) => (40, 60, None),
        (false, false) => (0, 60, None),
    };
    let job = job::read(source, company, &posting).unwrap();
    Made {
        print: Print::of(&job),
        url: job.url,
        seen: Sightings {
            first_seen: day(first),
            last_seen: day(last),
            closed_at: closed,
            reposts: 0,
        },
    }
}

fn text(role: &Role, team: &str, employer: &Employer, edits: &HashMap<&str, &str>) -> String {
    let edit = |key: &str| edits.get(key).copied();
    let mut sentences: Vec<String> = Vec::new();
    let german = edit("text") == Some("de");
    let usual = if german {
        &employer.german
    } else {
        &employer.usual
    };
    let half = usual.len() / 2;
    let usual = usual.iter().map(|sentence| (*sentence).to_owned());
    if edit("own").is_none() {
        sentences.extend(usual.clone().take(half));
    }
    let own: Vec<&str> = if german {
        role.teams["de"].clone()
    } else {
        role.teams[team].iter().chain(&role.all).copied().collect()
    };
    let dropped: Vec<usize> = edit("drop")
        .map(|list| list.split(',').map(|at| at.parse().unwrap()).collect())
        .unwrap_or_default();
    let own = own
        .iter()
        .enumerate()
        .filter(|(at, _)| !dropped.contains(&(at + 1)));
    let mut own: Vec<String> = own.map(|(_, sentence)| (*sentence).to_owned()).collect();
    if let Some(every) = edit("swap")
        .and_then(|every| every.parse::<usize>().ok())
        .filter(|n| *n > 0)
    {
        for sentence in own.iter_mut().step_by(every) {
            for (word, instead) in OTHER_WORDS {
                *sentence = sentence.replace(word, instead);
            }
        }
    }
    sentences.extend(own);
    if edit("own").is_none() {
        sentences.extend(usual.skip(half));
    }
    if edit("order").is_some() {
        sentences.reverse();
    }
    let around: &[&str] = match edit("wrap") {
        Some("agency") => &AGENCY,
        Some(_) => &BOARD,
        None => &[],
    };
    let (before, after) = around.split_at(around.len() / 2);
    let whole: Vec<&str> = before
        .iter()
        .copied()
        .chain(sentences.iter().map(String::as_str))
        .chain(after.iter().copied())
        .collect();
    let whole = whole.join("\n");
    match edit("text") {
        Some("none") => String::new(),
        Some(first) if first.starts_with("first:") => {
            let count = first["first:".len()..].parse().unwrap();
            whole
                .split_whitespace()
                .take(count)
                .collect::<Vec<_>>()
                .join(" ")
        }
        _ => whole,
    }
}
