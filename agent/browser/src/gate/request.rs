//! A request as interception shows it, and what becomes of it.

/// A request that the browser holds until it is decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PausedRequest {
    /// Method, upper case.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Headers as far as the browser shows them at this point.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: PostedBody,
}

/// A body as DevTools shows it: the parts in their order, those that the
/// browser reads from disk without their content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostedBody {
    /// Whether the browser says that there is one.
    pub present: bool,
    /// Its parts; `None` is a file on disk.
    pub parts: Vec<Option<Vec<u8>>>,
}

impl PausedRequest {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

impl PostedBody {
    /// The bytes that are shown.
    pub(super) fn shown(&self) -> Vec<u8> {
        self.parts.iter().flatten().flatten().copied().collect()
    }

    /// How many parts are read from disk.
    pub(super) fn files(&self) -> usize {
        self.parts.iter().filter(|part| part.is_none()).count()
    }
}

/// What becomes of a paused request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It goes on.
    Continue,
    /// It is the approved one and goes on; its answer must be shown to the gate
    /// before the page gets it.
    Release,
    /// It asks a server whether the approved request would be allowed. The
    /// person allowed it: this answer is given, with status 204, and nothing leaves.
    Preflight(Vec<(String, String)>),
    /// It fails, for this reason.
    Fail(String),
}
