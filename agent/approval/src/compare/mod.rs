//! What differs between what was reviewed and what is there now, in words.
//!
//! Every type is taken apart by name, so that a new member cannot be forgotten.
//! The result is empty exactly when both sides are equal.

mod found;
mod snapshot;

use crate::{
    manifest::{Manifest, PluginRef, Release},
    snapshot::{Difference, FormSnapshot},
};

use found::{Found, Pair, by_position};

impl Manifest {
    /// What is not as it was at the last review. Every manifest has a nonce of
    /// its own; it is left out.
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        let Self {
            version,
            application,
            opening,
            employer,
            title,
            posting_url,
            plugin,
            profile_revision,
            nonce: _,
            snapshots,
            releases,
        } = self;
        let mut found = Found::default();
        let mut text = |name, before: &String, after: &String| {
            found.differ(name, (before, after), Clone::clone);
        };
        text("Application", application, &now.application);
        text("Opening", opening, &now.opening);
        text("Employer", employer, &now.employer);
        text("Title", title, &now.title);
        text("Address of the posting", posting_url, &now.posting_url);
        found.differ(
            "Version of the manifest",
            (version, &now.version),
            u32::to_string,
        );
        found.differ("Plugin", (plugin, &now.plugin), plugin_words);
        let revisions = (profile_revision, &now.profile_revision);
        found.differ("Revision of the profile", revisions, i64::to_string);
        pages(snapshots, &now.snapshots, &mut found);
        for (number, pair) in by_position(releases, &now.releases) {
            let name = format!("Request {number} that leaves");
            if let Pair::Both(before, after) = pair {
                found.differ(&name, (before, after), Release::to_string);
            }
            found.one_sided(&name, &pair, Release::to_string);
        }
        found.list
    }
}

fn pages(before: &[FormSnapshot], after: &[FormSnapshot], found: &mut Found) {
    for (number, pair) in by_position(before, after) {
        if let Pair::Both(before, after) = pair {
            found.list.extend(before.differences(after));
        }
        found.one_sided(&format!("Page {number} of the form"), &pair, |page| {
            format!("{}{}", page.origin, page.path)
        });
    }
}

fn plugin_words(plugin: &PluginRef) -> String {
    let PluginRef {
        id,
        version,
        sha256,
    } = plugin;
    format!("{id} {version} ({})", found::beginning(sha256))
}
