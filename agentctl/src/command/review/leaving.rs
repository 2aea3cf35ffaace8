//! Draws what leaves if the person signs: the requests, the files and what is
//! hidden in the page.

use agent_approval::{Manifest, Release, ReleaseKind};

use super::draw::{Extent, section};
use crate::screen::{BAD, BOLD, Bar, DIM, Foreign, Screen, Span};
use crate::text::{bytes, count};

/// The requests, in their order.
pub(super) fn releases(manifest: &Manifest, screen: &mut Screen) {
    section(
        "If you sign, this and nothing else leaves, in this order, each once",
        manifest.releases.len(),
        BOLD,
        screen,
    );
    for (release, number) in manifest.releases.iter().zip(1..) {
        match &release.kind {
            ReleaseKind::Upload { field } => upload(number, field, manifest, screen),
            ReleaseKind::Submit => {
                let fields: usize = manifest
                    .snapshots
                    .iter()
                    .map(|page| page.fields.len())
                    .sum();
                screen.line([format!(
                    "  {number}. sends the form: {}, as shown below",
                    count(fields as u64, "field")
                )
                .into()]);
            }
        }
        let to = format!("{} {}", release.method, target(release));
        screen.foreign("     to ".into(), Foreign::new(Bar::Thin, &to));
    }
}

/// The files that are in the form.
pub(super) fn files(manifest: &Manifest, screen: &mut Screen) {
    let files: Vec<_> = manifest
        .snapshots
        .iter()
        .flat_map(|page| &page.files)
        .collect();
    section("Files", files.len(), BOLD, screen);
    for file in files {
        let digest: String = file.sha256.to_string().chars().take(12).collect();
        let text = format!(
            "{} ({}, sha256 {digest}…) for {}",
            file.name,
            bytes(file.size),
            file.field
        );
        screen.foreign("  ".into(), Foreign::new(Bar::Thick, &text));
    }
}

/// How many values the page itself put into the form; in the whole, their names.
pub(super) fn hidden(manifest: &Manifest, extent: Extent, screen: &mut Screen) {
    let pages = &manifest.snapshots;
    let pinned: Vec<&str> = pages
        .iter()
        .flat_map(|page| &page.pinned)
        .map(|pinned| pinned.name.as_str())
        .collect();
    let volatile: Vec<&str> = pages
        .iter()
        .flat_map(|page| &page.volatile)
        .map(String::as_str)
        .collect();
    if pinned.is_empty() && volatile.is_empty() {
        return;
    }
    screen.blank();
    screen.line([Span::new("Hidden in the page, nothing of yours", BOLD)]);
    for (names, what) in [
        (pinned, "fixed; the same at every load"),
        (volatile, "changing; a token of the page"),
    ] {
        if names.is_empty() {
            continue;
        }
        screen.line([format!("  {}, {what}", count(names.len() as u64, "value")).into()]);
        if extent == Extent::Whole {
            screen.foreign(
                "  ".into(),
                Foreign::new(Bar::Thin, &names.join(" · ")).style(DIM),
            );
        }
    }
}

fn upload(number: usize, field: &str, manifest: &Manifest, screen: &mut Screen) {
    let mut files = manifest.snapshots.iter().flat_map(|page| &page.files);
    match files.find(|file| file.field == field) {
        Some(file) => {
            let text = format!("{} ({})", file.name, bytes(file.size));
            let lead = format!("  {number}. uploads ");
            screen.foreign(lead.into(), Foreign::new(Bar::Thick, &text).style(BOLD));
        }
        None => {
            let lead = format!("  {number}. uploads the file of ");
            screen.foreign(lead.into(), Foreign::new(Bar::Thin, field));
            screen.line([Span::new("     which holds no file: do not sign this", BAD)]);
        }
    }
}

fn target(release: &Release) -> String {
    let rest = if release.path_prefix {
        "… (the store names the rest)"
    } else {
        ""
    };
    format!("{}{}{rest}", release.origin, release.path)
}
