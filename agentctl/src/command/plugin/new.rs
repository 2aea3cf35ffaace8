//! `agentctl plugin new`: a crate that builds and passes its check at once.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::Failure;
use crate::output::Output;
use crate::screen::{BOLD, COMMAND, Span};

/// Files of a new crate by their paths in it: the example plugin with its
/// recording, and under `vendor` the SDK and the contract.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/new_plugin.rs"));

/// Where the example finds the SDK in our repository, and where a new crate does.
const SDK: (&str, &str) = ("../../plugins/sdk", "vendor/plugins/sdk");

/// Name of the example.
const EXAMPLE: &str = "sample-portal";

/// Names that no crate of a plugin can have: Rust's words, and its dependencies.
const TAKEN: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "portal-sdk",
    "priv",
    "proc-macro",
    "pub",
    "quick-xml",
    "ref",
    "return",
    "self",
    "serde",
    "serde-json",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "vendor",
    "virtual",
    "where",
    "while",
    "wit-bindgen",
    "yield",
];

/// What was typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Id of the plugin: lower-case letters, digits and dashes
    name: String,
    /// Folder to write it to, instead of one of its name here
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

#[derive(Serialize)]
struct Written {
    name: String,
    dir: String,
    board: String,
    files: usize,
}

/// Writes the crate.
pub(super) fn run(args: Args, output: &mut Output) -> Result<(), Failure> {
    let Args { name, dir } = args;
    check_name(&name)?;
    let dir = dir.unwrap_or_else(|| PathBuf::from(&name));
    let is_free = match std::fs::read_dir(&dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(Failure::file("read", &dir, &error)),
    };
    if !is_free {
        return Err(
            Failure::refused(format!("{} is there already and not empty", dir.display()))
                .hint("name another folder: --dir DIR"),
        );
    }
    for (path, content) in FILES {
        write(&dir.join(path), &renamed(path, content, &name))?;
    }
    let written = Written {
        board: format!("https://jobs.{name}.example/kranich"),
        dir: dir.display().to_string(),
        files: FILES.len(),
        name,
    };
    output.show(&written, |written, screen, _| {
        let Written {
            name, dir, board, ..
        } = written;
        screen.line([
            "Wrote the plugin ".into(),
            Span::new(name, BOLD),
            format!(" to {dir}").into(),
        ]);
        screen.blank();
        screen.line(["It reads an invented portal. Build it, check it, then change it:".into()]);
        for command in [
            format!("cd {dir}"),
            "agentctl plugin build".to_owned(),
            format!("agentctl plugin check {name}.wasm --har recording.har --board {board}"),
        ] {
            screen.line(["  ".into(), Span::new(command, COMMAND)]);
        }
        screen.blank();
        screen.line(["README.md there says which file is what.".into()]);
    })
}

fn check_name(name: &str) -> Result<(), Failure> {
    let letters = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let shaped = (1..=40).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-')
        && !name.contains("--");
    if !letters || !shaped {
        return Err(
            Failure::refused(format!("{name:?} is no name for a plugin")).hint(
                "up to 40 lower-case letters, digits and single dashes, beginning with a letter",
            ),
        );
    }
    if TAKEN.contains(&name) {
        return Err(
            Failure::refused(format!("{name:?} means something else to Rust"))
                .hint(format!("take another name, such as {name}-jobs")),
        );
    }
    Ok(())
}

/// A file's content for a plugin of this name. What is vendored stays as it is.
fn renamed(path: &str, content: &[u8], name: &str) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(content) else {
        return content.to_vec();
    };
    if path.starts_with("vendor/") {
        return content.to_vec();
    }
    let camel: String = name.split('-').map(capitalised).collect();
    text.replace(SDK.0, SDK.1)
        .replace(EXAMPLE, name)
        .replace("sample_portal", &name.replace('-', "_"))
        .replace("SamplePortal", &camel)
        .into_bytes()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))?;
    }
    std::fs::write(path, content).map_err(|error| Failure::file("write", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_crate_bears_its_name_and_no_path_out_of_itself() {
        for (path, content) in FILES {
            let text = String::from_utf8(renamed(path, content, "acme-jobs")).unwrap();
            if path.starts_with("vendor/") {
                continue;
            }
            for left in ["sample-portal", "sample_portal", "SamplePortal", "../.."] {
                assert!(!text.contains(left), "{path} holds {left}");
            }
        }
        let paths: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        for needed in [
            "Cargo.toml",
            "Cargo.lock",
            "README.md",
            "recording.har",
            "src/lib.rs",
            "fixtures/messy.json",
            "vendor/plugins/Cargo.toml",
            "vendor/plugins/sdk/Cargo.toml",
            "vendor/plugins/sdk/src/lib.rs",
            "vendor/wit/portal/0.1/portal.wit",
        ] {
            assert!(paths.contains(&needed), "{needed} is not embedded");
        }
        let manifest = FILES
            .iter()
            .find(|(path, _)| *path == "Cargo.toml")
            .unwrap();
        let manifest = String::from_utf8(renamed("Cargo.toml", manifest.1, "acme-jobs")).unwrap();
        assert!(
            manifest.contains("path = \"vendor/plugins/sdk\""),
            "{manifest}"
        );
    }

    #[test]
    fn a_name_is_one_that_rust_and_the_host_take() {
        for (name, fine) in [
            ("acme", true),
            ("acme-jobs2", true),
            ("Acme", false),
            ("2acme", false),
            ("acme-", false),
            ("a--b", false),
            ("../acme", false),
            ("type", false),
            ("serde", false),
            ("", false),
        ] {
            assert_eq!(check_name(name).is_ok(), fine, "{name:?}");
        }
    }

    #[test]
    fn a_folder_with_something_in_it_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let args = |dir: PathBuf| Args {
            name: "acme".to_owned(),
            dir: Some(dir),
        };
        let mut output = Output::new(crate::output::Format::Json);
        std::fs::write(dir.path().join("mine"), "x").unwrap();
        assert!(run(args(dir.path().to_owned()), &mut output).is_err());
        assert!(run(args(dir.path().join("new")), &mut output).is_ok());
        assert!(dir.path().join("new/src/lib.rs").is_file());
    }
}
