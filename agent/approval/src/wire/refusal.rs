//! Why a request does not leave. No message holds a value of the person.

/// Where in a request something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The address.
    Address,
    /// A name or a header within the body.
    Name,
    /// The value of this name.
    Value(String),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address => f.write_str("its address"),
            Self::Name => f.write_str("a name in its body"),
            Self::Value(name) => write!(f, "its value {name:?}"),
        }
    }
}

/// Why a request is not the approved one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireRefusal {
    /// The manifest has no such release.
    #[error("the manifest has no release number {index}")]
    NoSuchRelease {
        /// From 0.
        index: usize,
    },
    /// It is not an address that can be compared.
    #[error("the request's address cannot be read: {reason}")]
    Address {
        /// Why.
        reason: String,
    },
    /// Another method.
    #[error("the request uses {found}; {expected} was approved")]
    Method {
        /// Approved.
        expected: String,
        /// On the wire.
        found: String,
    },
    /// Another site.
    #[error("the request goes to {found}; {expected} was approved")]
    Origin {
        /// Approved.
        expected: String,
        /// On the wire.
        found: String,
    },
    /// Another path of the site.
    #[error("the request goes to the path {found}; {expected} was approved")]
    Path {
        /// Approved.
        expected: String,
        /// On the wire.
        found: String,
    },
    /// The body cannot be seen, and it must be.
    #[error("the request's body cannot be seen")]
    BodyUnseen,
    /// There is a body where none was approved.
    #[error("the request carries a body that was not approved")]
    BodyUnexpected,
    /// The body is of a kind whose content cannot be compared.
    #[error(
        "the request's body is {content_type:?}, which cannot be compared with what was approved"
    )]
    BodyKind {
        /// As the header says.
        content_type: Option<String>,
    },
    /// The body is not what its header says.
    #[error("the request's body cannot be read: {what}")]
    Malformed {
        /// What is wrong.
        what: &'static str,
    },
    /// More values than any form has.
    #[error("the request carries more than {most} values")]
    TooMany {
        /// The limit.
        most: usize,
    },
    /// An approved value is not there, or less often than approved.
    #[error("the approved value of {field:?} is not in the request")]
    MissingValue {
        /// The field.
        field: String,
    },
    /// An approved file is not there.
    #[error("the approved file {file:?} of {field:?} is not in the request")]
    MissingFile {
        /// The field.
        field: String,
        /// Its name.
        file: String,
    },
    /// A file that was not approved, or one too many.
    #[error("the request carries a file {file:?} that was not approved")]
    OtherFile {
        /// Its name.
        file: String,
    },
    /// A file of the approved name with another content.
    #[error("the content of the file {file:?} is not the approved one")]
    FileContent {
        /// Its name.
        file: String,
    },
    /// A value nobody approved.
    #[error("the request carries a value {name:?} that was not approved")]
    Unapproved {
        /// Its name.
        name: String,
    },
    /// A hidden value that was pinned is another one.
    #[error("the hidden value {name:?} is not the one that was there at the review")]
    PinnedChanged {
        /// Its name.
        name: String,
    },
    /// Something the person keeps and did not approve here.
    #[error("the request carries {what} in {place}, which was not approved")]
    Protected {
        /// What it is, not its value.
        what: String,
        /// Where.
        place: Place,
    },
    /// Text of the form in a place it was not approved for.
    #[error("the request carries the text of {field:?} once more in {place}")]
    Repeated {
        /// The field.
        field: String,
        /// Where.
        place: Place,
    },
}
