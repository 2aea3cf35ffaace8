//! Text of documents that are not text: PDF and Word (`.docx`).
//!
//! What comes out is lines in the order a person reads them, with three marks:
//! `#` to `####` before a line that is set as a heading, `#####` before one that
//! is bold as a whole, and `• ` before an item of a list. Columns that belong to
//! one row are set apart by a tab. A line with a form feed alone says that what
//! follows stands apart from what came before: a side column, a text box.
//!
//! Both formats have room for bombs and their readers have faults, so the daemon
//! runs this in a limited child process; the caps here make most of that limit
//! never be reached.
#![deny(missing_docs)]

mod docx;
mod pdf;

/// The most text taken from a document, in bytes: more than two thousand dense pages.
pub const MAX_TEXT: usize = 6 << 20;

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Portable Document Format.
    Pdf,
    /// Office Open XML, as Word and others write it.
    Docx,
}

/// Why no text came out of a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// It needs a password.
    #[error("it needs a password")]
    Encrypted,
    /// It is damaged, or of another kind.
    #[error("it is damaged: {0}")]
    Broken(String),
    /// It has pages and no text: a scan.
    #[error("it holds no text, only pictures")]
    NoText,
    /// It has more of something than a CV can have.
    #[error("it has {what}")]
    TooMuch {
        /// Of what, and the limit.
        what: String,
    },
}

/// Takes the text out of a document.
pub fn text_of(kind: Kind, bytes: &[u8]) -> Result<String, DocumentError> {
    let text = match kind {
        Kind::Pdf => pdf::text(bytes)?,
        Kind::Docx => docx::text(bytes)?,
    };
    if text.len() > MAX_TEXT {
        let most = MAX_TEXT >> 20;
        return Err(DocumentError::TooMuch {
            what: format!("more than {most} MiB of text"),
        });
    }
    if text.chars().any(char::is_alphanumeric) {
        Ok(text)
    } else {
        Err(DocumentError::NoText)
    }
}
