//! What the documents must say for the repository to be readable.

use std::fs;
use std::path::Path;

use crate::{expect_clean, expect_one, root};

/// Rooms of the house: a folder, and the name a reader looks for.
fn unnamed_rooms(architecture: &str, manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let members = manifest["workspace"]["members"].as_array().unwrap();
    let members = members.iter().map(|member| member.as_str().unwrap());
    let rooms = members.chain(["plugins", "wit", "packaging", ".ci"]);
    rooms
        .filter(|room| !architecture.contains(&format!("`{room}")))
        .map(|room| {
            format!(
                "docs/ARCHITECTURE.md does not name `{room}`: say in a line what the room is for"
            )
        })
        .collect()
}

fn changelog(text: &str) -> Vec<String> {
    let has = text.lines().any(|line| line.trim() == "## [Unreleased]");
    let complaint =
        "CHANGELOG.md has no `## [Unreleased]` section: put one on top for what comes next";
    if has {
        Vec::new()
    } else {
        vec![complaint.to_owned()]
    }
}

/// Links of a Markdown document to files of this repository that are not there.
fn broken_links(folder: &str, name: &str, text: &str) -> Vec<String> {
    let link = regex::Regex::new(r"\]\(([^)#\s]+)(#[^)]*)?\)").unwrap();
    let targets = link.captures_iter(text).map(|found| found[1].to_owned());
    targets
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .filter(|target| !root().join(folder).join(target).exists())
        .map(|target| {
            format!("{folder}{name} links to {target}, which is not there: mend the link")
        })
        .collect()
}

/// Promises the README says hold, without a test that carries their number.
fn untested_promises(readme: &str, sources: &[String]) -> Vec<String> {
    let row = regex::Regex::new(r"(?m)^\| P(\d+) \|.*\*\*holds\*\*").unwrap();
    let numbers = row.captures_iter(readme).map(|row| row[1].to_owned());
    let tested = |number: &str| {
        let name = format!("fn p{number}_");
        sources.iter().any(|text| text.contains(&name))
    };
    numbers
        .filter(|number| !tested(number))
        .map(|number| format!("README.md says P{number} holds, and no test is named p{number}_…: write one, or say what is missing"))
        .collect()
}

/// The text of every Rust file of ours, tests included.
fn rust_files(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_architecture_names_every_room() {
    expect_clean(&unnamed_rooms(
        &read("docs/ARCHITECTURE.md"),
        &read("Cargo.toml"),
    ));
    expect_one(
        &unnamed_rooms(
            "`plugins/`, `wit/`, `packaging/`, `.ci/run`",
            "[workspace]\nmembers = [\"agent/new\"]",
        ),
        "agent/new",
    );
}

#[test]
fn the_changelog_has_a_place_for_the_next_change() {
    expect_clean(&changelog(&read("CHANGELOG.md")));
    expect_one(
        &changelog("# Changelog\n\n## [0.1.0] - 2026-11-21\n"),
        "Unreleased",
    );
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut found = Vec::new();
    for folder in ["", "docs/", "docs/adr/", "packaging/"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".md") {
                found.extend(broken_links(
                    folder,
                    &name,
                    &read(&format!("{folder}{name}")),
                ));
            }
        }
    }
    expect_clean(&found);
    expect_one(
        &broken_links(
            "",
            "a.md",
            "see [x](docs/nowhere.md) and [y](https://example.com)",
        ),
        "nowhere",
    );
}

#[test]
fn a_promise_that_holds_has_tests_with_its_number() {
    let mut sources = Vec::new();
    for room in ["agent", "agentctl", "plugins", "tests/e2e"] {
        rust_files(&root().join(room), &mut sources);
    }
    let readme = read("README.md");
    assert!(
        readme.contains("**holds**"),
        "the table of promises is gone from README.md"
    );
    expect_clean(&untested_promises(&readme, &sources));
    let table =
        "| P4 | Local first. | **holds** |\n| P5 | A plugin. | **holds** |\n| P6 | Text. | later |";
    expect_one(
        &untested_promises(table, &["fn p5_a() {}".to_owned()]),
        "P4",
    );
}
