//! Where a request goes.

use url::Url;

use super::{WireRefusal, WireRequest, encoded::percent_decoded};
use crate::manifest::Release;

/// The request's address, if it goes where the release says.
pub(super) fn check(request: &WireRequest<'_>, release: &Release) -> Result<Url, WireRefusal> {
    let Release {
        kind: _,
        method,
        origin,
        path,
        path_prefix,
    } = release;
    if request.method != method {
        return Err(WireRefusal::Method {
            expected: method.clone(),
            found: request.method.to_owned(),
        });
    }
    let url = Url::parse(request.url).map_err(|error| WireRefusal::Address {
        reason: error.to_string(),
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(WireRefusal::Address {
            reason: "it holds a user name or a password".to_owned(),
        });
    }
    let found = url.origin();
    if !found.is_tuple() || found.ascii_serialization() != *origin {
        return Err(WireRefusal::Origin {
            expected: origin.clone(),
            found: found.ascii_serialization(),
        });
    }
    let rest = url.path().strip_prefix(path.as_str());
    let same = match rest {
        Some("") => true,
        Some(rest) => *path_prefix && stays_below(rest),
        None => false,
    };
    if !same {
        return Err(WireRefusal::Path {
            expected: path.clone(),
            found: url.path().to_owned(),
        });
    }
    Ok(url)
}

/// Whether a server that decodes the rest of a path cannot be led out of it.
fn stays_below(rest: &str) -> bool {
    let decoded = percent_decoded(rest.as_bytes());
    !decoded
        .split(|byte| matches!(byte, b'/' | b'\\'))
        .any(|part| part == b"..")
}
