//! Row numbers of the last list, so that `explain 3` means its third row.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use agent_api::paths::Home;
use serde::{Deserialize, Serialize};

use crate::error::{Failure, Kind};

/// Lists that are numbered, each for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// Applications, listed or waiting for review.
    Applications,
    /// Goals.
    Goals,
    /// Jobs, listed or found.
    Jobs,
    /// Sources.
    Sources,
}

impl List {
    fn file(self, home: &Home) -> PathBuf {
        home.run_dir().join(match self {
            Self::Applications => "rows-applications",
            Self::Goals => "rows-goals",
            Self::Jobs => "rows-jobs",
            Self::Sources => "rows-sources",
        })
    }

    fn command(self) -> &'static str {
        match self {
            Self::Applications => "agentctl applications list",
            Self::Goals => "agentctl goals list",
            Self::Jobs => "agentctl jobs list",
            Self::Sources => "agentctl source list",
        }
    }
}

/// Keeps the ids of a list just shown, whose first row has the number after `before`.
///
/// A failure is no reason to withhold the list, so it only means that the row
/// numbers of an earlier list stay.
pub(crate) fn keep(
    list: List,
    home: &Home,
    before: usize,
    ids: impl Iterator<Item = impl AsRef<str>>,
) {
    let path = list.file(home);
    let earlier = std::fs::read_to_string(&path).unwrap_or_default();
    let mut text: String = earlier
        .lines()
        .take(before)
        .map(|id| format!("{id}\n"))
        .collect();
    for id in ids {
        text.push_str(id.as_ref());
        text.push('\n');
    }
    write(&path, &text);
    match list {
        List::Goals | List::Sources => {}
        List::Applications | List::Jobs => write(&latest_file(home), list.command()),
    }
}

/// Names the list of jobs or applications that was shown last.
fn latest_file(home: &Home) -> PathBuf {
    home.run_dir().join("rows-latest")
}

/// The list of jobs or applications that was shown last: commands that take
/// either mean its rows.
pub(crate) fn latest(home: &Home) -> List {
    let command = std::fs::read_to_string(latest_file(home)).unwrap_or_default();
    [List::Applications, List::Jobs]
        .into_iter()
        .find(|list| list.command() == command)
        .unwrap_or(List::Jobs)
}

/// Replaces a file at once; without one there is nothing to go on with, which is no failure.
fn write(path: &Path, text: &str) {
    let fresh = path.with_extension(std::process::id().to_string());
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&fresh)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| std::fs::rename(&fresh, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&fresh);
    }
}

/// Where a list of jobs that was longer than a screen goes on.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rest {
    /// Rows shown so far.
    pub(crate) shown: usize,
    /// The daemon's mark of the next row.
    pub(crate) mark: String,
    /// Rows to a page.
    pub(crate) limit: u32,
    /// Whether openings that break a limit were asked for.
    pub(crate) all: bool,
    /// Whether closed openings were asked for.
    pub(crate) closed: bool,
    /// Whether hidden openings were asked for.
    #[serde(default)]
    pub(crate) hidden: bool,
    /// The only source asked for; empty for all.
    pub(crate) source: String,
    /// The filter; empty without one.
    #[serde(default)]
    pub(crate) narrow: String,
}

/// Keeps where the list goes on; none when it was shown to its end.
pub(crate) fn keep_rest(home: &Home, rest: Option<&Rest>) {
    let path = home.run_dir().join("rest-jobs");
    match rest.map(serde_json::to_string) {
        Some(Ok(text)) => write(&path, &text),
        Some(Err(_)) | None => {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Tells where the last list of jobs goes on.
pub(crate) fn rest(home: &Home) -> Result<Rest, Failure> {
    let text = std::fs::read_to_string(home.run_dir().join("rest-jobs")).unwrap_or_default();
    serde_json::from_str(&text).map_err(|_| {
        Failure::refused("the last list was shown to its end")
            .reason("no-more")
            .hint("begin again with: agentctl jobs list")
    })
}

/// Turns what the person typed into an id or the prefix of one.
///
/// `#12` and up to three digits are a row of the last list; anything else is
/// left to the daemon, for prefixes have at least four digits.
pub(crate) fn resolve(list: List, home: &Home, typed: &str) -> Result<String, Failure> {
    if typed.is_empty() {
        return Err(
            Failure::new(Kind::Usage, "an empty text is neither a row nor an id")
                .hint(format!("list them with: {}", list.command())),
        );
    }
    let digits = typed.strip_prefix('#').unwrap_or(typed);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || (digits.len() > 3 && digits.len() == typed.len()) {
        return Ok(typed.to_owned());
    }
    let rows = std::fs::read_to_string(list.file(home)).unwrap_or_default();
    let row = digits
        .parse::<usize>()
        .ok()
        .and_then(|row| row.checked_sub(1));
    match row.and_then(|row| rows.lines().nth(row)) {
        Some(id) => Ok(id.to_owned()),
        None => Err(Failure::new(
            Kind::Refused,
            match rows.lines().count() {
                0 => format!("there is no row {digits}: nothing was listed yet"),
                shown => format!("there is no row {digits}: the last list had {shown}"),
            },
        )
        .reason("unknown-row")
        .hint(format!("list them with: {}", list.command()))),
    }
}

#[cfg(test)]
mod tests {
    use agent_api::paths::Environment;

    use super::*;

    #[test]
    fn rows_stand_for_ids_and_prefixes_for_themselves() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::at(dir.path(), &Environment::default()).unwrap();
        std::fs::create_dir_all(home.run_dir()).unwrap();
        assert!(
            resolve(List::Jobs, &home, "1").is_err(),
            "nothing was listed"
        );

        keep(List::Jobs, &home, 0, ["aaaa1111", "bbbb2222"].into_iter());
        keep(List::Sources, &home, 0, ["cccc3333"].into_iter());
        for (list, typed, expected) in [
            (List::Jobs, "1", Some("aaaa1111")),
            (List::Jobs, "#2", Some("bbbb2222")),
            (List::Sources, "1", Some("cccc3333")),
            (List::Jobs, "3", None),
            (List::Jobs, "0", None),
            (List::Jobs, "#", Some("#")),
            (List::Jobs, "1234", Some("1234")),
            (List::Jobs, "#1234", None),
            (List::Jobs, "bb", Some("bb")),
            (List::Jobs, "", None),
        ] {
            assert_eq!(
                resolve(list, &home, typed).ok().as_deref(),
                expected,
                "{typed}"
            );
        }

        keep(List::Jobs, &home, 2, ["dddd4444"].into_iter());
        assert_eq!(resolve(List::Jobs, &home, "1").unwrap(), "aaaa1111");
        assert_eq!(resolve(List::Jobs, &home, "3").unwrap(), "dddd4444");
        keep(List::Jobs, &home, 0, ["eeee5555"].into_iter());
        assert_eq!(resolve(List::Jobs, &home, "1").unwrap(), "eeee5555");
        assert!(resolve(List::Jobs, &home, "2").is_err(), "a new list");
    }

    #[test]
    fn rows_of_jobs_and_of_applications_are_those_of_the_list_shown_last() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::at(dir.path(), &Environment::default()).unwrap();
        std::fs::create_dir_all(home.run_dir()).unwrap();
        let check = |list: List, id: &str, expected: &str| {
            keep(list, &home, 0, [id].into_iter());
            assert_eq!(resolve(latest(&home), &home, "1").unwrap(), expected);
        };
        assert!(resolve(latest(&home), &home, "1").is_err());
        check(List::Jobs, "aaaa1111", "aaaa1111");
        check(List::Applications, "bbbb2222", "bbbb2222");
        check(List::Sources, "cccc3333", "bbbb2222");
        check(List::Jobs, "dddd4444", "dddd4444");
    }

    #[test]
    fn a_list_goes_on_until_it_was_shown_to_its_end() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::at(dir.path(), &Environment::default()).unwrap();
        std::fs::create_dir_all(home.run_dir()).unwrap();
        assert!(rest(&home).is_err());
        let kept = Rest {
            shown: 20,
            mark: "ab12".to_owned(),
            limit: 20,
            ..Rest::default()
        };
        keep_rest(&home, Some(&kept));
        assert_eq!(rest(&home).unwrap(), kept);
        keep_rest(&home, None);
        assert!(rest(&home).is_err());
    }
}
