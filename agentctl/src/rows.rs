//! Row numbers of the last list, so that `explain 3` means its third row.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use agent_api::paths::Home;

use crate::error::{Failure, Kind};

/// Lists that are numbered, each for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// Jobs, listed or found.
    Jobs,
    /// Sources.
    Sources,
}

impl List {
    fn file(self, home: &Home) -> PathBuf {
        home.run_dir().join(match self {
            Self::Jobs => "rows-jobs",
            Self::Sources => "rows-sources",
        })
    }

    fn command(self) -> &'static str {
        match self {
            Self::Jobs => "agentctl jobs list",
            Self::Sources => "agentctl source list",
        }
    }
}

/// Keeps the ids of a list just shown.
///
/// A failure is no reason to withhold the list, so it only means that the row
/// numbers of an earlier list stay.
pub(crate) fn keep<'a>(list: List, home: &Home, ids: impl Iterator<Item = &'a str>) {
    let path = list.file(home);
    let fresh = path.with_extension(std::process::id().to_string());
    let text: String = ids.map(|id| format!("{id}\n")).collect();
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&fresh)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| std::fs::rename(&fresh, &path));
    if written.is_err() {
        let _ = std::fs::remove_file(&fresh);
    }
}

/// Turns what the person typed into an id or the prefix of one.
///
/// `#12` and up to three digits are a row of the last list; anything else is
/// left to the daemon, for prefixes have at least four digits.
pub(crate) fn resolve(list: List, home: &Home, typed: &str) -> Result<String, Failure> {
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
        .hint(format!("list again with: {}", list.command()))),
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

        keep(List::Jobs, &home, ["aaaa1111", "bbbb2222"].into_iter());
        keep(List::Sources, &home, ["cccc3333"].into_iter());
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
        ] {
            assert_eq!(
                resolve(list, &home, typed).ok().as_deref(),
                expected,
                "{typed}"
            );
        }
    }
}
