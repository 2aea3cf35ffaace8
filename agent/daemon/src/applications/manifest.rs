//! Composing what would be sent, and finding its values on a page again.

use agent_approval::{
    Difference, FieldKind, FormSnapshot, Manifest, ManifestError, Nonce, PluginRef, Source, Value,
};
use agent_browser::Filled;
use agent_core::{
    form::{Control, FileToSend, Filling, Put, Wording, allowed, classify},
    ids::ApplicationId,
};
use agent_store::Application;

use super::{
    opening::Opening,
    person::{Tampered, path_of},
};
use crate::{
    fault::{Fault, Kind},
    handle::Handle,
};

/// What a manifest says beside the form.
pub(super) struct Frame {
    pub(super) application: ApplicationId,
    pub(super) opening: String,
    pub(super) employer: String,
    pub(super) title: String,
    pub(super) posting_url: String,
    pub(super) plugin: PluginRef,
    pub(super) profile_revision: i64,
}

impl Frame {
    pub(super) fn new(
        application: &Application,
        opening: &Opening,
        plugin: PluginRef,
        profile_revision: i64,
    ) -> Self {
        Self {
            application: application.id,
            opening: application.opening.clone(),
            employer: opening.job.company.clone(),
            title: opening.job.title.clone(),
            posting_url: opening.job.url.clone(),
            plugin,
            profile_revision,
        }
    }

    /// The frame of a manifest that stands.
    pub(super) fn of(application: ApplicationId, manifest: Manifest) -> Self {
        Self {
            application,
            opening: manifest.opening,
            employer: manifest.employer,
            title: manifest.title,
            posting_url: manifest.posting_url,
            plugin: manifest.plugin,
            profile_revision: manifest.profile_revision,
        }
    }

    /// The manifest of a filled form, unlike every other by its nonce. Refused
    /// when a value comes from where its question forbids.
    pub(super) fn around(self, filled: &Filled) -> Result<Manifest, Fault> {
        let forbidden = filled
            .snapshot
            .fields
            .iter()
            .find(|field| !allowed(field.source, classify(&Wording::of_field(field))));
        if let Some(field) = forbidden {
            return Err(bug(format!(
                "the field {:?} was filled from a source that its question forbids",
                field.name
            )));
        }
        Ok(Manifest {
            version: Manifest::VERSION,
            application: self.application.to_string(),
            opening: self.opening,
            employer: self.employer,
            title: self.title,
            posting_url: self.posting_url,
            plugin: self.plugin,
            profile_revision: self.profile_revision,
            nonce: nonce()?,
            snapshots: vec![filled.snapshot.clone()],
            releases: filled.releases.clone(),
        })
    }
}

/// A nonce of the system's random source.
pub(super) fn nonce() -> Result<Nonce, Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| bug(format!("the system gave no random bytes: {error}")))?;
    Ok(Nonce::from_bytes(bytes))
}

/// A manifest that cannot be encoded or read is a fault of ours.
pub(super) fn unreadable(error: &ManifestError) -> Fault {
    bug(error.to_string())
}

fn bug(message: String) -> Fault {
    Fault::new(Kind::Internal, agent_api::reason::BUG, message)
}

/// What is put into the controls of a page so that it is as `snapshot` says.
/// Controls are met by name, kind and occurrence; one that is not met stays as
/// it is, and the comparison then shows it.
pub(super) fn fillings_of(
    handle: &Handle,
    snapshot: &FormSnapshot,
    controls: &[Control],
) -> Vec<Filling> {
    let mut met = vec![false; snapshot.fields.len()];
    let mut fillings = Vec::new();
    for control in controls {
        let place = snapshot.fields.iter().enumerate().position(|(at, field)| {
            field.name == control.name
                && field.kind == control.kind
                && !met.get(at).is_some_and(|met| *met)
        });
        let Some((seen, field)) = place.and_then(|at| met.get_mut(at).zip(snapshot.fields.get(at)))
        else {
            continue;
        };
        *seen = true;
        let put = match &field.value {
            Value::Text(text) => Put::Text(text.clone()),
            Value::Chosen(options) => Put::Choose(options.clone()),
            Value::Ticked(ticked) => Put::Tick(*ticked),
            Value::File(name) => {
                let file = snapshot
                    .files
                    .iter()
                    .find(|file| file.field == field.name && file.name == *name);
                let Some(file) = file else { continue };
                Put::File(FileToSend {
                    path: path_of(&handle.home, &file.sha256, &file.name),
                    name: file.name.clone(),
                    size: file.size,
                    sha256: file.sha256,
                })
            }
            Value::Empty => continue,
        };
        // What the page filled by itself is left to it: were it put there again,
        // a page that changed its mind would go unnoticed.
        if field.source != Source::Page {
            fillings.push(Filling {
                control: control.index,
                put,
                source: field.source,
            });
        }
    }
    fillings
}

/// Required fields that hold nothing: such a form is not approved.
pub(super) fn missing(manifest: &Manifest) -> Vec<String> {
    manifest
        .snapshots
        .iter()
        .flat_map(|snapshot| &snapshot.fields)
        .filter(|field| field.required)
        .filter(|field| match &field.value {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::Chosen(options) => options.is_empty(),
            Value::Ticked(ticked) => !ticked && field.kind == FieldKind::Checkbox,
            Value::File(_) => false,
        })
        .map(|field| field.name.clone())
        .collect()
}

/// A changed file, in the words of a review.
pub(super) fn difference(tampered: Tampered) -> Difference {
    let say = |sha256: agent_approval::Sha256| format!("file with the SHA-256 {sha256}");
    Difference {
        field: tampered.field,
        before: Some(say(tampered.approved)),
        after: tampered.found.map(say),
    }
}
