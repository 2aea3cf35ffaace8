//! What may stand in an address besides the approved origin and path.
#![deny(clippy::indexing_slicing)]

use url::Url;

use super::{Place, WireCheck, WireRefusal, approved, protect::refuse_protected};

/// Refuses a path that carries something of the person after the approved beginning.
pub(super) fn check_path(check: &WireCheck<'_>, url: &Url) -> Result<(), WireRefusal> {
    let release = check.manifest.releases.get(check.release);
    let beginning = release.map_or("", |release| release.path.as_str());
    let rest = url.path().strip_prefix(beginning).unwrap_or(url.path());
    refuse(check, rest)
}

/// Refuses a query that carries something of the person. The parameters that
/// name the reviewed page may come back as they are.
pub(super) fn check_query(check: &WireCheck<'_>, url: &Url) -> Result<(), WireRefusal> {
    let pages = &check.manifest.snapshots;
    url.query_pairs().try_for_each(|(key, value)| {
        let mut known = pages.iter().flat_map(|page| &page.query);
        if known.any(|(known, as_known)| *known == key && *as_known == value) {
            return Ok(());
        }
        refuse(check, &key)?;
        refuse(check, &value)
    })
}

fn refuse(check: &WireCheck<'_>, text: &str) -> Result<(), WireRefusal> {
    refuse_protected(check.protected, text, || Place::Address)?;
    approved::refuse_stray(check.manifest, text, || Place::Address)
}
