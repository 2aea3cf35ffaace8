//! Who may use whom among our crates, and what each must never link.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::{expect_clean, expect_one, root};

/// One row: a crate, which of ours it may use directly, and which crates of others it must never reach.
struct Row {
    name: &'static str,
    ours: &'static [&'static str],
    never: &'static [&'static str],
}

const ROOMS: [&str; 8] = [
    "agent-api",
    "agent-approval",
    "agent-browser",
    "agent-core",
    "agent-document",
    "agent-models",
    "agent-portal",
    "agent-store",
];

const TABLE: [Row; 14] = [
    Row {
        name: "agent-approval",
        ours: &[],
        never: &[
            "tokio",
            "tonic",
            "rusqlite",
            "wasmtime",
            "reqwest",
            "thirtyfour",
        ],
    },
    Row {
        name: "agent-core",
        ours: &["agent-approval"],
        never: &[
            "tokio",
            "tonic",
            "rusqlite",
            "wasmtime",
            "reqwest",
            "thirtyfour",
        ],
    },
    Row {
        name: "agent-store",
        ours: &["agent-approval", "agent-core"],
        never: &["tonic", "wasmtime", "reqwest"],
    },
    Row {
        name: "agent-portal",
        ours: &["agent-core"],
        never: &["rusqlite", "thirtyfour", "tonic"],
    },
    Row {
        name: "agent-models",
        ours: &["agent-core"],
        never: &["rusqlite", "wasmtime", "tonic"],
    },
    Row {
        name: "agent-browser",
        ours: &["agent-approval", "agent-core"],
        never: &["rusqlite", "wasmtime", "tonic"],
    },
    Row {
        name: "agent-api",
        ours: &[],
        never: &["rusqlite", "wasmtime", "reqwest"],
    },
    Row {
        name: "agent-document",
        ours: &[],
        never: &["tokio", "tonic", "rusqlite", "wasmtime", "reqwest"],
    },
    Row {
        name: "agentd",
        ours: &ROOMS,
        never: &[],
    },
    Row {
        name: "agentctl",
        ours: &["agent-api", "agent-approval"],
        never: &["rusqlite", "wasmtime", "reqwest"],
    },
    Row {
        name: "practice",
        ours: &[],
        never: &["rusqlite", "wasmtime", "tonic"],
    },
    Row {
        name: "agent-eval",
        ours: &["agent-core", "agent-document", "agent-models"],
        never: &["tonic", "rusqlite", "wasmtime", "thirtyfour"],
    },
    Row {
        name: "tests",
        ours: &[],
        never: &[],
    },
    Row {
        name: "xtask",
        ours: &["agent-approval"],
        never: &["wasmtime", "tonic", "reqwest"],
    },
];

/// A crate's name and the names of the crates it needs to run.
type Graph = BTreeMap<String, BTreeSet<String>>;

fn complaints(members: &[String], graph: &Graph) -> Vec<String> {
    let mut found = Vec::new();
    for member in members {
        let Some(row) = TABLE.iter().find(|row| row.name == member) else {
            found.push(format!(
                "{member} has no row: say in tests/tidy/layers.rs what it may use (and in docs/ARCHITECTURE.md why it is a crate)"
            ));
            continue;
        };
        let Some(direct) = graph.get(member) else {
            continue;
        };
        for used in direct.iter().filter(|used| members.contains(used)) {
            if !row.ours.contains(&used.as_str()) {
                found.push(format!(
                    "{member} must not use {used}: move the code to a room that may, or pass the value in"
                ));
            }
        }
        for banned in row.never {
            if let Some(path) = way(graph, member, banned) {
                found.push(format!(
                    "{member} must never link {banned}, but does through {}: drop the feature or the dependency that brings it",
                    path.join(" -> ")
                ));
            }
        }
    }
    found
}

/// A shortest way from one crate to another through dependencies, if there is one.
fn way(graph: &Graph, from: &str, to: &str) -> Option<Vec<String>> {
    let mut seen = BTreeSet::from([from.to_owned()]);
    let mut ways = std::collections::VecDeque::from([vec![from.to_owned()]]);
    while let Some(path) = ways.pop_front() {
        let end = path.last()?;
        if end == to {
            return Some(path);
        }
        for next in graph.get(end).into_iter().flatten() {
            if seen.insert(next.clone()) {
                ways.push_back([path.clone(), vec![next.clone()]].concat());
            }
        }
    }
    None
}

/// The workspace's members and their normal dependencies as cargo resolves them for this platform.
fn resolved() -> (Vec<String>, Graph) {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let host = Command::new("rustc").arg("-vV").output().unwrap();
    let host = String::from_utf8(host.stdout).unwrap();
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            host,
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    read(&metadata)
}

fn read(metadata: &Value) -> (Vec<String>, Graph) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let names: BTreeMap<String, String> = list(&metadata["packages"])
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let members = list(&metadata["workspace_members"])
        .iter()
        .map(|id| names[&text(id)].clone())
        .collect();
    let mut graph = Graph::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        let needs = list(&node["deps"])
            .iter()
            .filter(|dep| {
                list(&dep["dep_kinds"])
                    .iter()
                    .any(|kind| kind["kind"].is_null())
            })
            .map(|dep| names[&text(&dep["pkg"])].clone())
            .collect::<Vec<_>>();
        graph
            .entry(names[&text(&node["id"])].clone())
            .or_default()
            .extend(needs);
    }
    (members, graph)
}

#[test]
fn every_crate_uses_only_what_its_row_allows() {
    let (members, graph) = resolved();
    assert!(
        members.len() >= TABLE.len(),
        "cargo metadata named too few members: {members:?}"
    );
    expect_clean(&complaints(&members, &graph));
}

#[test]
fn a_forbidden_edge_a_forbidden_crate_and_a_crate_without_a_row_are_seen() {
    let graph = |edges: &[(&str, &str)]| {
        let mut graph = Graph::new();
        for (from, to) in edges {
            graph
                .entry((*from).to_owned())
                .or_default()
                .insert((*to).to_owned());
        }
        graph
    };
    let members = ["agent-core", "agent-store", "agentctl"].map(str::to_owned);
    expect_clean(&complaints(
        &members,
        &graph(&[("agent-store", "agent-core")]),
    ));
    expect_one(
        &complaints(&members, &graph(&[("agentctl", "agent-store")])),
        "agentctl must not use",
    );
    expect_one(
        &complaints(
            &members,
            &graph(&[("agent-core", "a"), ("a", "b"), ("b", "tokio")]),
        ),
        "agent-core -> a -> b -> tokio",
    );
    expect_one(
        &complaints(&["agent-new".to_owned()], &Graph::new()),
        "agent-new has no row",
    );
}
