//! Which CV belongs to which file of jobs.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use agent_core::{job::Job, profile::Profile};
use anyhow::{Context as _, Result, ensure};

use super::jobs;
use crate::{cases, cv};

/// Words of file names that say what kind of file it is, not whose.
const KINDS: &[&str] = &[
    "candidate",
    "curriculum",
    "cv",
    "data",
    "demo",
    "example",
    "field",
    "job",
    "lebenslauf",
    "list",
    "listing",
    "opening",
    "person",
    "posting",
    "profile",
    "resume",
    "sample",
    "set",
    "vitae",
];

/// Folders beside the given one where CVs are looked for, too.
const BESIDE: &[&str] = &["cv", "cvs", "resumes"];

/// The sets of a folder.
pub(super) struct Sets {
    /// Jobs by field.
    pub(super) fields: Vec<Field>,
    /// CVs whose field is among them.
    pub(super) people: Vec<Person>,
}

/// The jobs of one field.
pub(super) struct Field {
    words: BTreeSet<String>,
    pub(super) jobs: Vec<Job>,
}

/// A person as read from a CV.
pub(super) struct Person {
    pub(super) name: String,
    /// Index of the field.
    pub(super) field: usize,
    pub(super) profile: Profile,
}

/// Finds and reads the sets in `dir`.
pub(super) fn load(dir: &Path) -> Result<Sets> {
    let mut fields = Vec::new();
    let mut cvs: Vec<(PathBuf, BTreeSet<String>)> = Vec::new();
    for path in cases::files(
        dir,
        &["json", "jsonl", "ndjson", "txt", "md", "pdf", "docx"],
    )? {
        let words = words(path.strip_prefix(dir).unwrap_or(&path));
        match jobs::read(&path)? {
            Some(groups) => fields.extend(groups.into_iter().map(|(field, jobs)| Field {
                words: words.iter().cloned().chain(split(&field)).collect(),
                jobs,
            })),
            None if !is_about_the_folder(&path) => cvs.push((path, words)),
            None => {}
        }
    }
    ensure!(
        !fields.is_empty(),
        "{} holds no file of jobs",
        dir.display()
    );
    let parent = dir
        .canonicalize()
        .ok()
        .and_then(|dir| dir.parent().map(Path::to_owned));
    for beside in parent
        .iter()
        .flat_map(|parent| BESIDE.iter().map(|name| parent.join(name)))
    {
        if !beside.is_dir() {
            continue;
        }
        for path in cases::files(&beside, &["txt", "md", "pdf", "docx", "json"]).unwrap_or_default()
        {
            let words = words(path.strip_prefix(&beside).unwrap_or(&path));
            cvs.push((path, words));
        }
    }
    let mut people = Vec::new();
    for (path, words) in cvs {
        let Some(field) = best(&words, &fields) else {
            continue;
        };
        let (_, reading) = cv::read_cv(&path).with_context(|| format!("{}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        people.push(Person {
            name: name.into_owned(),
            field,
            profile: reading.profile,
        });
    }
    ensure!(
        !people.is_empty(),
        "no CV in {} (or in a folder cv beside it) shares its name with a file of jobs",
        dir.display()
    );
    Ok(Sets { fields, people })
}

/// The field whose words are most like those of a CV, when at least half are.
fn best(words: &BTreeSet<String>, fields: &[Field]) -> Option<usize> {
    let likeness = |field: &Field| {
        let common = words.intersection(&field.words).count();
        let all = words.union(&field.words).count();
        if all == 0 {
            1.0
        } else {
            common as f64 / all as f64
        }
    };
    fields
        .iter()
        .enumerate()
        .map(|(at, field)| (likeness(field), at))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|(a, x), (b, y)| a.total_cmp(b).then(y.cmp(x)))
        .map(|(_, at)| at)
}

/// The words of a path that say whose file it is.
fn words(path: &Path) -> BTreeSet<String> {
    split(&path.with_extension("").to_string_lossy())
        .filter(|word| !KINDS.contains(&word.as_str()))
        .collect()
}

fn split(text: &str) -> impl Iterator<Item = String> {
    text.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .map(|word| word.strip_suffix('s').unwrap_or(word).to_owned())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

fn is_about_the_folder(path: &Path) -> bool {
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    ["readme", "license", "licence", "sources", "notice"].contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cv_finds_the_jobs_of_its_name() {
        let names = [
            "radar_jobs",
            "radar_teacher_jobs",
            "nurses/postings",
            "chef",
        ];
        let field = |name: &&str| Field {
            words: words(Path::new(&format!("{name}.json"))),
            jobs: Vec::new(),
        };
        let fields: Vec<Field> = names.iter().map(field).collect();
        let check = |cv: &str, expected: Option<&str>| {
            let found = best(&words(Path::new(cv)), &fields).map(|at| names[at]);
            assert_eq!(found, expected, "{cv}");
        };
        check("radar_sample_cv.txt", Some("radar_jobs"));
        check("radar_teacher_cv.txt", Some("radar_teacher_jobs"));
        check("nurse/CV.md", Some("nurses/postings"));
        check("chef-resume.pdf", Some("chef"));
        check("sommelier_cv.txt", None);
    }
}
