//! The address rules: what a plugin's text must be before anything is looked
//! up or sent. Everything is decided on the parsed address, and exactly that
//! address is sent, so that no second reader can see another host in it.
#![deny(clippy::indexing_slicing)]

use url::{Host, Url};

use crate::fetch::FetchError;
use crate::grant::Grant;

/// An https address of a named host at port 443, without user or fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    url: Url,
    host: String,
}

impl Target {
    /// Reads what a plugin asks for.
    pub(super) fn parse(text: &str, limit: usize) -> Result<Self, FetchError> {
        if text.len() > limit {
            return Err(too_long(limit));
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(refused("the address holds a blank or a control character"));
        }
        let url = Url::parse(text)
            .map_err(|error| refused(format!("the address cannot be read: {error}")))?;
        Self::from_url(url, limit)
    }

    /// Applies the same rules to where a redirect leads.
    pub(super) fn redirected(&self, location: &str, limit: usize) -> Result<Self, FetchError> {
        if location.chars().any(char::is_control) {
            return Err(refused(
                "a redirect whose location holds control characters",
            ));
        }
        if location.len() > limit {
            return Err(too_long(limit));
        }
        let url = self
            .url
            .join(location)
            .map_err(|error| refused(format!("a redirect that cannot be read: {error}")))?;
        Self::from_url(url, limit)
    }

    /// Holds the address against what the person granted.
    pub(super) fn check_granted(&self, grant: &Grant) -> Result<(), FetchError> {
        if grant.allows(&self.host) {
            Ok(())
        } else {
            Err(FetchError::NotGranted {
                host: self.host.clone(),
            })
        }
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    fn from_url(mut url: Url, limit: usize) -> Result<Self, FetchError> {
        if url.scheme() != "https" {
            return Err(refused(format!("{} is not https", url.scheme())));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("the address holds a user name or password"));
        }
        if let Some(port) = url.port() {
            return Err(refused(format!("port {port} is not 443")));
        }
        let host = match url.host() {
            Some(Host::Domain(name)) => host_name(name)?,
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => {
                return Err(refused("the host is a number, not a name"));
            }
            None => return Err(refused("the address names no host")),
        };
        url.set_fragment(None);
        // Parsing may lengthen: each character it escapes becomes three or more.
        if url.as_str().len() > limit {
            return Err(too_long(limit));
        }
        Ok(Self { url, host })
    }
}

/// A public host name: at least two labels, each within RFC 1035's lengths.
fn host_name(name: &str) -> Result<String, FetchError> {
    let label_fits = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    if name.len() <= 253 && name.contains('.') && name.split('.').all(label_fits) {
        Ok(name.to_ascii_lowercase())
    } else {
        Err(refused("the host is not a full public name"))
    }
}

fn refused(why: impl Into<String>) -> FetchError {
    FetchError::Refused { why: why.into() }
}

fn too_long(limit: usize) -> FetchError {
    FetchError::TooMuch {
        what: format!("an address is at most {limit} bytes"),
    }
}
