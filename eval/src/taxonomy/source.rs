//! ESCO's tables, found in a folder by their names.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::cases::{self, text};

/// What the tables say.
#[derive(Debug, Default)]
pub(super) struct Esco {
    pub(super) skills: Vec<Skill>,
    /// Names of groups of skills, by code ("K0613", "S4.2.1").
    pub(super) groups: BTreeMap<String, String>,
    pub(super) occupations: Vec<Occupation>,
    /// Names of unit and minor groups of ISCO-08, by code.
    pub(super) units: BTreeMap<String, String>,
}

#[derive(Debug, Default)]
pub(super) struct Skill {
    pub(super) label: String,
    pub(super) others: Vec<String>,
    /// The lowest groups it is in.
    pub(super) codes: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct Occupation {
    pub(super) title: String,
    pub(super) others: Vec<String>,
    /// Unit group of ISCO-08.
    pub(super) unit: String,
}

/// Reads the tables in `folder`.
pub(super) fn read(folder: &Path) -> Result<Esco> {
    let files = cases::files(folder, &["csv", "json"])?;
    let mut esco = Esco::default();
    let mut by_id: HashMap<String, usize> = HashMap::new();
    // Preferred labels before the alternative ones that name them.
    for row in rows(&files, "skills_preferred")? {
        let [id, label, codes] = <[String; 3]>::try_from(row).unwrap_or_default();
        by_id.insert(id, esco.skills.len());
        esco.skills.push(Skill {
            label,
            others: Vec::new(),
            codes: parts(&codes),
        });
    }
    for row in rows(&files, "skills_alt")? {
        let [id, label] = <[String; 2]>::try_from(row).unwrap_or_default();
        if let Some(&at) = by_id.get(&id) {
            esco.skills[at].others.push(label);
        }
    }
    for row in rows(&files, "occupations_labels")? {
        let [_, _, unit, title, others] = <[String; 5]>::try_from(row).unwrap_or_default();
        esco.occupations.push(Occupation {
            title,
            others: parts(&others),
            unit,
        });
    }
    for row in rows(&files, "ISCOGroups")? {
        if let [_, _, _, code, name, ..] = &row[..] {
            esco.units.insert(code.clone(), name.clone());
        }
    }
    for file in files.iter().filter(|file| is(file, "hier_mapper")) {
        esco.groups = serde_json::from_str(&text(file)?)
            .with_context(|| format!("{} is no table of codes", file.display()))?;
    }
    let parts = [
        ("skills", esco.skills.len()),
        ("groups of skills", esco.groups.len()),
        ("occupations", esco.occupations.len()),
        ("groups of occupations", esco.units.len()),
    ];
    for (name, count) in parts {
        ensure!(count > 0, "{} holds no {name}", folder.display());
    }
    Ok(esco)
}

/// The rows of all files with `part` in their names, without their headers.
fn rows(files: &[std::path::PathBuf], part: &str) -> Result<Vec<Vec<String>>> {
    let mut all = Vec::new();
    for file in files.iter().filter(|file| is(file, part)) {
        all.extend(cases::records(&text(file)?).into_iter().skip(1));
    }
    Ok(all)
}

fn is(file: &Path, part: &str) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.contains(part))
}

fn parts(cell: &str) -> Vec<String> {
    let parts = cell.split('|').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
