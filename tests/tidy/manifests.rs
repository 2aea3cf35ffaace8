//! What every Cargo.toml must say, and what only the root's may.

use std::fs;

use toml::{Table, Value};

use crate::{expect_clean, expect_one, root};

/// Keys of `[package]` every member takes from its workspace.
const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

const SECTIONS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

fn complaints(path: &str, manifest: &Table) -> Vec<String> {
    let mut found = Vec::new();
    let empty = Table::new();
    let table = |table: &Table, key: &str| {
        table
            .get(key)
            .and_then(Value::as_table)
            .cloned()
            .unwrap_or_else(|| empty.clone())
    };
    let from_workspace = |value: Option<&Value>| {
        value
            .and_then(|value| value.get("workspace"))
            .and_then(Value::as_bool)
            == Some(true)
    };
    let package = table(manifest, "package");
    for key in INHERITED {
        if !from_workspace(package.get(key)) {
            found.push(format!(
                "{path}: write `{key}.workspace = true` under [package]"
            ));
        }
    }
    if !from_workspace(manifest.get("lints")) {
        found.push(format!("{path}: write `workspace = true` under [lints]"));
    }
    let mut sections: Vec<Table> = vec![manifest.clone()];
    sections.extend(
        table(manifest, "target")
            .values()
            .filter_map(Value::as_table)
            .cloned(),
    );
    for section in &sections {
        for (name, dependency) in SECTIONS.iter().flat_map(|key| table(section, key)) {
            let ours = dependency.get("path").is_some() && dependency.get("version").is_none();
            if !ours && !from_workspace(Some(&dependency)) {
                found.push(format!(
                    "{path}: {name} names its own version: put it under [workspace.dependencies] of the root and write `{name}.workspace = true`"
                ));
            }
        }
    }
    found
}

/// Every member of a workspace whose root lies at `folder`, with its parsed manifest.
fn members(folder: &str) -> Vec<(String, Table)> {
    let at = |path: &str| root().join(folder).join(path).join("Cargo.toml");
    let read = |path: &str| -> Table {
        let file = at(path);
        let text =
            fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        text.parse()
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    let names = read("")["workspace"]["members"].as_array().unwrap().clone();
    let names = names.iter().map(|name| name.as_str().unwrap());
    // `*` stands for every folder with a manifest, as it does for cargo.
    let names = names.flat_map(|name| match name {
        "*" => fs::read_dir(root().join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| at(name).is_file())
            .collect(),
        name => vec![name.to_owned()],
    });
    names
        .map(|name| (format!("{folder}{name}/Cargo.toml"), read(&name)))
        .collect()
}

#[test]
fn every_crate_takes_lints_and_versions_from_its_workspace() {
    let mut found = Vec::new();
    for folder in ["", "plugins/"] {
        let members = members(folder);
        assert!(!members.is_empty(), "{folder}Cargo.toml names no members");
        found.extend(
            members
                .iter()
                .flat_map(|(path, manifest)| complaints(path, manifest)),
        );
    }
    expect_clean(&found);
}

#[test]
fn no_plugin_links_a_crate_of_the_agent() {
    for (path, manifest) in members("plugins/") {
        let text = toml::to_string(&manifest).unwrap();
        assert!(
            !text.contains("../../agent"),
            "{path}: a plugin sees the SDK and the contract only"
        );
    }
}

#[test]
fn a_crate_that_goes_its_own_way_is_seen() {
    let good = "package = { version.workspace = true, edition.workspace = true, \
        rust-version.workspace = true, license.workspace = true, publish.workspace = true }\n\
        lints.workspace = true\n\
        dependencies = { serde.workspace = true, practice = { path = \"../practice\" } }\n";
    let cases = [
        (
            "version.workspace = true",
            "version = \"0.2.0\"",
            "`version.workspace = true`",
        ),
        (
            "lints.workspace = true",
            "lints.rust.unsafe_code = \"allow\"",
            "under [lints]",
        ),
        (
            "serde.workspace = true",
            "serde = \"1\"",
            "serde names its own version",
        ),
        (
            "serde.workspace = true",
            "serde = { version = \"1\", path = \"../serde\" }",
            "serde names",
        ),
    ];
    expect_clean(&complaints("a/Cargo.toml", &good.parse().unwrap()));
    for (from, to, what) in cases {
        let bad = good.replacen(from, to, 1);
        expect_one(&complaints("a/Cargo.toml", &bad.parse().unwrap()), what);
    }
}
