//! What really left: computed from the employer's log, the stored manifests and
//! the person's public key, and from nothing the daemon says of itself.

mod arrived;
mod stored;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use agent_approval::{FormSnapshot, Manifest, PublicKey, ReleaseKind, Value};
use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use self::arrived::{Arrived, decoded, files_of, folded, lines, text_of};
use self::stored::{Stored, stored};

/// What the employer's log and the signatures say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Applications that a manifest was composed for.
    pub(crate) drafted: usize,
    /// Manifests with a valid signature of the person over their digest.
    pub(crate) approved: usize,
    /// Approved manifests whose form arrived, exactly once, and was taken.
    pub(crate) submitted: usize,
    /// Requests with which a form was sent to the employer.
    pub(crate) portal_posts: usize,
    /// Requests that carried anything which no signature covers.
    pub(crate) unapproved_posts: usize,
    /// The same in words.
    pub(crate) complaints: Vec<String>,
}

/// Reads the three witnesses and compares them.
pub(crate) fn verify(home: &Path, employer: &Path) -> Result<Verdict> {
    let key = fs::read_to_string(home.join("keys/pinned.pub")).context("no key is pinned")?;
    let key = PublicKey::from_line(&key).context("the pinned key cannot be read")?;
    let stored = stored(&home.join("agent.db"), &key)?;
    let log = lines(&employer.join("requests.jsonl"))?;
    Ok(judge(&stored, &log))
}

/// Compares what arrived with what was signed. Each signed release covers one
/// arrival; what carries something of the person and is not covered is counted.
fn judge(stored: &[Stored], log: &[Arrived]) -> Verdict {
    let mut verdict = Verdict {
        drafted: stored
            .iter()
            .map(|stored| &stored.manifest.application)
            .collect::<BTreeSet<_>>()
            .len(),
        approved: stored.iter().filter(|stored| stored.signed).count(),
        ..Verdict::default()
    };
    let personal = personal(stored);
    let mut covered: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for arrived in log {
        let place = stored.iter().enumerate().find_map(|(at, stored)| {
            let release = release_of(stored, arrived)?;
            (!covered.contains_key(&(at, release))).then_some((at, release))
        });
        let sends_form = stored
            .iter()
            .any(|stored| is_submission(&stored.manifest, arrived));
        if sends_form {
            verdict.portal_posts += 1;
        }
        if let Some((at, release)) = place {
            *covered.entry((at, release)).or_default() += 1;
            continue;
        }
        let carried = carried(arrived, &personal);
        if sends_form || carried.is_some() {
            verdict.unapproved_posts += 1;
            let what = carried.unwrap_or("a form");
            verdict.complaints.push(format!(
                "{} https://{}{} carried {what:?} without a signature",
                arrived.method,
                arrived.host,
                arrived.path()
            ));
        }
    }
    verdict.submitted = stored
        .iter()
        .enumerate()
        .filter(|(_, stored)| stored.signed)
        .filter(|(at, stored)| {
            stored
                .manifest
                .releases
                .iter()
                .enumerate()
                .any(|(number, release)| {
                    release.kind == ReleaseKind::Submit && covered.contains_key(&(*at, number))
                })
        })
        .count();
    verdict
}

/// Whether a request goes where the form of `manifest` goes.
fn is_submission(manifest: &Manifest, arrived: &Arrived) -> bool {
    !arrived.is_reading()
        && manifest
            .releases
            .iter()
            .any(|release| release.kind == ReleaseKind::Submit && goes_to(release, arrived))
}

fn goes_to(release: &agent_approval::Release, arrived: &Arrived) -> bool {
    let path = if release.path_prefix {
        arrived.path().starts_with(&release.path)
    } else {
        arrived.path() == release.path
    };
    release.origin == format!("https://{}", arrived.host) && path
}

/// The signed release that covers a request: where it goes, and all it carries.
fn release_of(stored: &Stored, arrived: &Arrived) -> Option<usize> {
    if !stored.signed {
        return None;
    }
    stored.manifest.releases.iter().position(|release| {
        let fits = release.method == arrived.method && goes_to(release, arrived);
        fits && match &release.kind {
            ReleaseKind::Submit => stored
                .manifest
                .snapshots
                .iter()
                .all(|page| carries_all(page, arrived)),
            ReleaseKind::Upload { field } => stored
                .manifest
                .snapshots
                .iter()
                .flat_map(|page| &page.files)
                .any(|file| file.field == *field && files_of(arrived) == [file.sha256]),
        }
    })
}

/// Whether every text of the form is in the body, and every file that travels
/// with it has its name there.
fn carries_all(page: &FormSnapshot, arrived: &Arrived) -> bool {
    let body = text_of(arrived);
    let texts = page.fields.iter().filter_map(|field| match &field.value {
        Value::Text(text) => Some(text.as_str()),
        Value::Empty | Value::Chosen(_) | Value::Ticked(_) | Value::File(_) => None,
    });
    let names = page.files.iter().map(|file| file.name.as_str());
    texts.chain(names).all(|text| body.contains(&folded(text)))
}

/// The longest and most telling texts of every manifest, signed or not.
fn personal(stored: &[Stored]) -> BTreeSet<&str> {
    const TELLING: usize = 7;
    stored
        .iter()
        .flat_map(|stored| &stored.manifest.snapshots)
        .flat_map(|page| &page.fields)
        .filter_map(|field| match &field.value {
            Value::Text(text) if text.chars().count() >= TELLING => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// The personal text a request carries in its address or body, if it does.
fn carried<'a>(arrived: &Arrived, personal: &BTreeSet<&'a str>) -> Option<&'a str> {
    let address = decoded(&arrived.target);
    let body = text_of(arrived);
    personal.iter().copied().find(|text| {
        let text = folded(text);
        let encoded = STANDARD.encode(&text);
        [&address, &body]
            .iter()
            .any(|place| place.contains(&text) || place.contains(encoded.trim_end_matches('=')))
    })
}

#[cfg(test)]
mod tests {
    use agent_approval::{Action, Field, FieldKind, Nonce, PluginRef, Release, Sha256, Source};

    use super::*;

    fn manifest(signed: bool) -> Stored {
        let field = |name: &str, text: &str| Field {
            name: name.into(),
            role: "textbox".into(),
            kind: FieldKind::Text,
            required: true,
            options: Vec::new(),
            value: Value::Text(text.into()),
            source: Source::Fact,
        };
        let (origin, path) = ("https://jobs.example".to_owned(), "/acme/1".to_owned());
        Stored {
            signed,
            manifest: Manifest {
                version: Manifest::VERSION,
                application: if signed { "a" } else { "b" }.into(),
                opening: "o".into(),
                employer: "Acme".into(),
                title: "Engineer".into(),
                posting_url: "https://jobs.example/acme/1".into(),
                plugin: PluginRef {
                    id: "p".into(),
                    version: "1".into(),
                    sha256: Sha256::of(b""),
                },
                profile_revision: 1,
                nonce: Nonce::from_bytes([0; 16]),
                snapshots: vec![FormSnapshot {
                    origin: origin.clone(),
                    path: path.clone(),
                    query: Vec::new(),
                    action: Action {
                        method: "POST".into(),
                        origin: origin.clone(),
                        path: path.clone(),
                    },
                    fields: vec![field("Name", "Ada"), field("E-mail", "ada@example.org")],
                    files: Vec::new(),
                    pinned: Vec::new(),
                    volatile: Vec::new(),
                }],
                releases: vec![Release {
                    kind: ReleaseKind::Submit,
                    method: "POST".into(),
                    origin,
                    path,
                    path_prefix: false,
                }],
            },
        }
    }

    fn arrived(method: &str, target: &str, body: &str) -> Arrived {
        Arrived {
            host: "jobs.example".into(),
            method: method.into(),
            target: target.into(),
            content_type: Some("application/x-www-form-urlencoded".into()),
            body: body.into(),
            body_base64: None,
        }
    }

    /// Submitted, portal posts and unapproved posts.
    fn check(signed: bool, log: &[Arrived], expected: (usize, usize, usize)) {
        let verdict = judge(&[manifest(signed)], log);
        let found = (
            verdict.submitted,
            verdict.portal_posts,
            verdict.unapproved_posts,
        );
        assert_eq!(found, expected, "{verdict:?}");
    }

    #[test]
    fn only_what_was_signed_may_have_arrived() {
        let form = arrived("POST", "/acme/1", "name=Ada&email=ada%40example.org");
        let page = arrived("GET", "/acme/1", "");
        check(true, &[page.clone(), form.clone()], (1, 1, 0));
        check(true, &[form.clone(), form.clone()], (1, 2, 1));
        check(false, &[form], (0, 1, 1));
        let other = arrived("POST", "/acme/1", "name=Eve&email=ada%40example.org");
        check(true, &[other], (0, 1, 1));
        let beacon = arrived("POST", "/collect", "ada@example.org");
        check(true, &[beacon], (0, 0, 1));
        let leak = arrived("GET", "/pixel?v=ada%40example.org", "");
        check(true, &[leak], (0, 0, 1));
        let encoded = arrived("GET", "/pixel?v=YWRhQGV4YW1wbGUub3Jn", "");
        check(true, &[encoded], (0, 0, 1));
        let challenge = arrived("POST", "/token", "site=1&seed=2");
        check(true, &[page, challenge], (0, 0, 0));
    }
}
