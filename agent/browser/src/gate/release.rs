//! The requests a permit lets out, as the gate compares them.

use agent_approval::Release;
use url::Url;

/// Where a release goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    method: String,
    origin: String,
    host: String,
    path: String,
    path_prefix: bool,
}

impl Target {
    /// The target of a signed release; `None` when it is not https on port 443.
    pub(super) fn of(release: &Release) -> Option<Self> {
        let origin = Url::parse(&release.origin).ok()?;
        let ours = origin.scheme() == "https" && origin.port().is_none();
        Some(Self {
            method: release.method.clone(),
            origin: origin.origin().ascii_serialization(),
            host: origin.host_str().filter(|_| ours)?.to_owned(),
            path: release.path.clone(),
            path_prefix: release.path_prefix,
        })
    }

    /// Host.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Method, upper case.
    pub(super) fn method(&self) -> &str {
        &self.method
    }

    /// Whether `url` is where this release goes.
    pub(super) fn is_at(&self, url: &Url) -> bool {
        let path = url.path();
        self.origin == url.origin().ascii_serialization()
            && if self.path_prefix {
                path.starts_with(&self.path)
            } else {
                path == self.path
            }
    }

    /// The least length of the head of a request to `url`: request line and
    /// host. Whatever else the browser adds only makes it longer.
    pub(super) fn least_head(&self, url: &Url) -> u64 {
        let line = self.method.len() + " ".len() + url.path().len() + " HTTP/1.1\r\n".len();
        (line + "host: \r\n\r\n".len() + self.host.len()) as u64
    }
}
