//! Components.

use agent_api::v1;
use agent_portal::host::Manifest;

use crate::plugins::{self, Checked, Listed, Look, State};

pub(in crate::rpc) fn plugin(listed: Listed) -> v1::Plugin {
    let state = match listed.state {
        State::Installed => "installed",
        State::Dropped => "dropped",
        State::Changed => "changed",
        State::Missing => "missing",
    };
    let shown = match (listed.row, listed.look) {
        (Some(row), _) => v1::Plugin {
            id: row.id,
            version: row.version,
            hosts: row.hosts,
            form_hosts: row.form_hosts,
            supports: row.supports,
            reach: row.reach,
            terms: row.terms_accepted.unwrap_or_default(),
            description: row.description,
            ..v1::Plugin::default()
        },
        // Named by its file, which is what is typed to install it.
        (None, Some(Look::Fine(inspected))) => v1::Plugin {
            id: listed.file,
            ..stated(inspected.manifest.clone())
        },
        (None, Some(Look::Refused(why))) => v1::Plugin {
            id: listed.file,
            fault: why,
            ..v1::Plugin::default()
        },
        (None, None) => v1::Plugin {
            id: listed.file,
            ..v1::Plugin::default()
        },
    };
    v1::Plugin {
        sha256: listed.sha256.to_string(),
        state: state.to_owned(),
        bytes: listed.bytes,
        ..shown
    }
}

pub(in crate::rpc) fn checked_plugin(checked: Checked) -> v1::Plugin {
    let Checked {
        inspected,
        state,
        new_hosts,
        new_form_hosts,
        new_terms,
        wider_reach,
        accepted_terms,
    } = checked;
    v1::Plugin {
        sha256: inspected.sha256.to_string(),
        state: state.to_owned(),
        bytes: inspected.bytes,
        new_hosts,
        new_form_hosts,
        new_terms,
        wider_reach,
        accepted_terms: accepted_terms
            .filter(|accepted| inspected.manifest.terms.as_ref() != Some(accepted))
            .unwrap_or_default(),
        ..stated(inspected.manifest)
    }
}

/// What a component says of itself.
fn stated(manifest: Manifest) -> v1::Plugin {
    let supports = manifest.supports.into_iter().map(plugins::word);
    v1::Plugin {
        id: manifest.id,
        version: manifest.version,
        hosts: manifest.hosts.iter().map(ToString::to_string).collect(),
        form_hosts: manifest
            .form_hosts
            .iter()
            .map(ToString::to_string)
            .collect(),
        supports: supports.map(str::to_owned).collect(),
        description: manifest.description,
        reach: plugins::reach_word(manifest.reach).to_owned(),
        terms: manifest.terms.unwrap_or_default(),
        ..v1::Plugin::default()
    }
}
