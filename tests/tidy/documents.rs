//! What the documents must say for the repository to be readable.

use std::fs;

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
