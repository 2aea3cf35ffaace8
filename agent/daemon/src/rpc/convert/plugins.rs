//! Components.

use agent_api::v1;

use crate::plugins::{self, Checked, Listed, State};

pub(in crate::rpc) fn plugin(listed: Listed) -> v1::Plugin {
    let state = match listed.state {
        State::Installed => "installed",
        State::Dropped => "dropped",
        State::Changed => "changed",
        State::Missing => "missing",
    };
    let row = listed.row;
    v1::Plugin {
        id: row.as_ref().map_or(listed.file, |row| row.id.clone()),
        version: row
            .as_ref()
            .map(|row| row.version.clone())
            .unwrap_or_default(),
        sha256: listed.sha256.to_string(),
        hosts: row
            .as_ref()
            .map(|row| row.hosts.clone())
            .unwrap_or_default(),
        form_hosts: row
            .as_ref()
            .map(|row| row.form_hosts.clone())
            .unwrap_or_default(),
        state: state.to_owned(),
        bytes: listed.bytes,
        supports: row
            .as_ref()
            .map(|row| row.supports.clone())
            .unwrap_or_default(),
        reach: row
            .as_ref()
            .map(|row| row.reach.clone())
            .unwrap_or_default(),
        terms: row
            .as_ref()
            .and_then(|row| row.terms_accepted.clone())
            .unwrap_or_default(),
        description: row.map(|row| row.description).unwrap_or_default(),
        new_hosts: Vec::new(),
        new_form_hosts: Vec::new(),
        new_terms: false,
    }
}

pub(in crate::rpc) fn checked_plugin(checked: Checked) -> v1::Plugin {
    let manifest = checked.inspected.manifest;
    v1::Plugin {
        id: manifest.id,
        version: manifest.version,
        sha256: checked.inspected.sha256.to_string(),
        hosts: manifest.hosts.iter().map(ToString::to_string).collect(),
        form_hosts: manifest
            .form_hosts
            .iter()
            .map(ToString::to_string)
            .collect(),
        state: checked.state.to_owned(),
        bytes: checked.inspected.bytes,
        supports: manifest
            .supports
            .into_iter()
            .map(plugins::word)
            .map(str::to_owned)
            .collect(),
        description: manifest.description,
        new_hosts: checked.new_hosts,
        new_form_hosts: checked.new_form_hosts,
        reach: plugins::reach_word(manifest.reach).to_owned(),
        terms: manifest.terms.unwrap_or_default(),
        new_terms: checked.new_terms,
    }
}
