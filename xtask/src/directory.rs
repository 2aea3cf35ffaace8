//! `cargo xtask directory FILE...`: makes the directory of companies and their
//! boards out of lists of facts.
//!
//! Two kinds of list are read, told apart by their shape: rows that were confirmed
//! against the portals (`{"boards": [{ats, board, company, checked}]}`), and plain
//! lists by portal (`{"lever": [{name, slug, origin}]}`), which give names and
//! boards nobody dated. Only facts are taken: a name, a portal, a key, a day.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;

use crate::workspace;

/// Where the directory is written.
const ASSET: &str = "agent/daemon/assets/directory.tsv";

/// Longest name taken.
const NAME: usize = 60;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Lists of facts, JSON
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum List {
    Confirmed { boards: Vec<Confirmed> },
    Plain(BTreeMap<String, Vec<Plain>>),
}

#[derive(Deserialize)]
struct Confirmed {
    ats: String,
    board: String,
    company: Option<String>,
    checked: String,
}

#[derive(Deserialize)]
struct Plain {
    name: String,
    slug: String,
    origin: Option<String>,
}

/// Everything the lists say.
#[derive(Default)]
struct Facts {
    confirmed: Vec<Confirmed>,
    /// Portal and board to the name.
    named: BTreeMap<(String, String), String>,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let mut facts = Facts::default();
    for file in &args.files {
        facts.read(file)?;
    }
    let rows = facts.rows();
    let path = workspace::root().join(ASSET);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text: String = rows
        .iter()
        .map(|row| format!("{}\n", row.join("\t")))
        .collect();
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    let dated = rows.iter().filter(|[.., day]| !day.is_empty()).count();
    println!("{}: {} boards, {dated} dated", path.display(), rows.len());
    Ok(())
}

impl Facts {
    fn read(&mut self, file: &Path) -> anyhow::Result<()> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let list: List = serde_json::from_str(&text)
            .with_context(|| format!("{} is no list of boards", file.display()))?;
        match list {
            List::Confirmed { boards } => self.confirmed.extend(boards),
            List::Plain(portals) => {
                for (portal, rows) in portals {
                    self.named.extend(rows.into_iter().filter_map(|row| {
                        Some(((portal.clone(), board(&portal, &row)?), row.name))
                    }));
                }
            }
        }
        Ok(())
    }

    /// Company, portal, board and day of every board whose company is known, by
    /// name; each board once.
    fn rows(&self) -> Vec<[String; 4]> {
        let by_key: BTreeMap<(String, String), &String> = self
            .named
            .iter()
            .map(|((portal, board), name)| ((portal.clone(), board.to_lowercase()), name))
            .collect();
        let mut taken = BTreeSet::new();
        let mut rows = Vec::new();
        for row in &self.confirmed {
            let key = (row.ats.clone(), row.board.to_lowercase());
            let name = row
                .company
                .clone()
                .or_else(|| by_key.get(&key).map(|name| (*name).clone()))
                .or_else(|| plainly_a_name(&row.board));
            if let Some(name) = name.and_then(|name| clean(&name))
                && taken.insert(key)
            {
                rows.push([
                    name,
                    row.ats.clone(),
                    row.board.clone(),
                    row.checked.clone(),
                ]);
            }
        }
        for ((portal, board), name) in &self.named {
            if let Some(name) = clean(name)
                && taken.insert((portal.clone(), board.to_lowercase()))
            {
                rows.push([name, portal.clone(), board.clone(), String::new()]);
            }
        }
        rows.sort_by_cached_key(|[name, portal, board, _]| {
            (name.to_lowercase(), portal.clone(), board.clone())
        });
        rows
    }
}

/// The board as the directory names it: the portal's key, or an address where the
/// key alone does not say where.
fn board(portal: &str, row: &Plain) -> Option<String> {
    match (portal, &row.origin) {
        ("workday", Some(origin)) => Some(format!("{origin}/{}", row.slug)),
        ("oracle", Some(origin)) => {
            let site = row.slug.to_uppercase();
            Some(format!(
                "{origin}/hcmUI/CandidateExperience/en/sites/{site}"
            ))
        }
        ("greenhouse" | "lever" | "ashby" | "smartrecruiters", _) => Some(row.slug.clone()),
        _ => None,
    }
}

/// A name fit to be shown; none for boards that are not for seekers.
fn clean(name: &str) -> Option<String> {
    const NOT_FOR_SEEKERS: [&str; 10] = [
        "internal",
        "sandbox",
        "test",
        "demo",
        "do not",
        "linkedin",
        "job board",
        "evergreen",
        "confidential",
        "template",
    ];
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let odd = NOT_FOR_SEEKERS
        .iter()
        .any(|word| words.contains(word) || (word.contains(' ') && lower.contains(word)));
    let fits = (2..=NAME).contains(&name.chars().count())
        && name.chars().any(char::is_alphabetic)
        && !name.chars().any(char::is_control);
    (fits && !odd).then_some(name)
}

/// The name that a key is, when it is plainly one: letters, in at most three words.
fn plainly_a_name(key: &str) -> Option<String> {
    const NO_NAMES: [&str; 18] = [
        "jobs",
        "job",
        "careers",
        "career",
        "production",
        "prod",
        "hiring",
        "hr",
        "recruiting",
        "members",
        "external",
        "public",
        "eu",
        "us",
        "uk",
        "emea",
        "apac",
        "talent",
    ];
    let words: Vec<&str> = key
        .split(['-', '_', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    let plain = (1..=3).contains(&words.len())
        && (3..=24).contains(&key.len())
        && words.iter().all(|word| {
            word.chars().all(|c| c.is_ascii_alphabetic())
                && !NO_NAMES.contains(&word.to_lowercase().as_str())
        });
    if !plain {
        return None;
    }
    let capital = |word: &&str| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        format!("{}{rest}", first.to_uppercase())
    };
    Some(words.iter().map(capital).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lists: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let mut facts = Facts::default();
        for (number, list) in lists.iter().enumerate() {
            let file = folder.path().join(number.to_string());
            std::fs::write(&file, list).unwrap();
            facts.read(&file).unwrap();
        }
        facts.rows().iter().map(|row| row.join("|")).collect()
    }

    #[test]
    fn a_row_has_a_name_that_was_stated_or_that_the_key_plainly_is() {
        let confirmed = r#"{"_note":"x","boards":[
            {"ats":"greenhouse","board":"kr1","company":"Kranich  Robotics","checked":"2026-08-24","jobs":null},
            {"ats":"greenhouse","board":"kr2","company":"Kranich Internal Board","checked":"2026-08-24"},
            {"ats":"ashby","board":"havelauen","company":null,"checked":"2026-08-24","jobs":3},
            {"ats":"ashby","board":"bracken-field","company":null,"checked":"2026-08-24"},
            {"ats":"ashby","board":"acme-careers","company":null,"checked":"2026-08-24"},
            {"ats":"ashby","board":"x9y","company":null,"checked":"2026-08-24"},
            {"ats":"ashby","board":"Talerwerk7","company":null,"checked":"2026-08-24"}]}"#;
        let plain = r#"{"ashby":[{"name":"Talerwerk","slug":"talerwerk7"}],
            "lever":[{"name":"Brindille","slug":"brindille","profiles":["all"]}],
            "workday":[{"name":"Halden","slug":"Ext","origin":"https://halden.wd1.myworkdayjobs.com"}],
            "elsewhere":[{"name":"Nobody","slug":"n"}]}"#;
        let expected = [
            "Bracken Field|ashby|bracken-field|2026-08-24",
            "Brindille|lever|brindille|",
            "Halden|workday|https://halden.wd1.myworkdayjobs.com/Ext|",
            "Havelauen|ashby|havelauen|2026-08-24",
            "Kranich Robotics|greenhouse|kr1|2026-08-24",
            "Talerwerk|ashby|Talerwerk7|2026-08-24",
        ];
        assert_eq!(rows(&[confirmed, plain]), expected);
        assert_eq!(rows(&[plain, confirmed]), expected);
    }

    #[test]
    fn a_file_of_another_shape_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.json");
        for text in ["[]", "{\"boards\": 1}", "not json"] {
            std::fs::write(&file, text).unwrap();
            assert!(Facts::default().read(&file).is_err(), "{text}");
        }
    }
}
