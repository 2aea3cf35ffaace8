//! Machine-readable reasons and next steps that errors carry beside their message.
//!
//! A [`Status`] says in its code what kind of fault it is and in its message
//! what happened. The reason lets a program tell faults of one code apart, and
//! the hint tells the person what to do next.

use tonic::metadata::{BinaryMetadataValue, MetadataValue};
use tonic::{Code, Status};

/// No CV has been read yet.
pub const NO_PROFILE: &str = "no-profile";
/// The CV is empty, too large, damaged, encrypted or of a kind that is not read.
pub const UNREADABLE_CV: &str = "unreadable-cv";
/// No object has this id or number.
pub const UNKNOWN_ID: &str = "unknown-id";
/// More than one object's id begins like this; the message lists them.
pub const AMBIGUOUS_ID: &str = "ambiguous-id";
/// No list of skills has this name.
pub const UNKNOWN_SKILL: &str = "unknown-skill";
/// The skill is not being learned.
pub const NOT_LEARNED: &str = "not-learned";
/// A report that is longer than is handed over at once.
pub const REPORT_TOO_LONG: &str = "report-too-long";
/// A key that does not exist; the hint names the nearest.
pub const UNKNOWN_KEY: &str = "unknown-key";
/// A value outside what its key or field takes.
pub const INVALID_VALUE: &str = "invalid-value";
/// A page token that this daemon did not give.
pub const INVALID_PAGE_TOKEN: &str = "invalid-page-token";
/// No installed plugin claims the address.
pub const UNCLAIMED_URL: &str = "unclaimed-url";
/// The directory knows no company by this name.
pub const UNKNOWN_NAME: &str = "unknown-name";
/// More than one board may be meant by a name; the hint lists them.
pub const AMBIGUOUS_NAME: &str = "ambiguous-name";
/// The site forbids programs to read it.
pub const SITE_FORBIDS: &str = "site-forbids";
/// The site is no more.
pub const SITE_CLOSED: &str = "site-closed";
/// A page has no posting that could be read.
pub const UNREADABLE_PAGE: &str = "unreadable-page";
/// There is no alarm to accept.
pub const NO_ALARM: &str = "no-alarm";
/// The source is followed already.
pub const DUPLICATE_SOURCE: &str = "duplicate-source";
/// There is no source to sync.
pub const NO_SOURCES: &str = "no-sources";
/// A sync of other sources is under way.
pub const SYNC_RUNNING: &str = "sync-running";
/// The portal failed or refused to answer.
pub const PORTAL_FAILED: &str = "portal-failed";
/// The component is not a portal plugin, or breaks its limits.
pub const PLUGIN_REFUSED: &str = "plugin-refused";
/// The file differs from the SHA-256 the person was shown.
pub const PLUGIN_CHANGED: &str = "plugin-changed";
/// The component asks for hosts the person did not grant.
pub const HOSTS_NOT_GRANTED: &str = "hosts-not-granted";
/// The component reads a site whose terms the person did not accept.
pub const TERMS_NOT_ACCEPTED: &str = "terms-not-accepted";
/// A file named by the person cannot be read.
pub const UNREADABLE_FILE: &str = "unreadable-file";
/// The database cannot be written, such as when the disk is full.
pub const STORAGE_FAILED: &str = "storage-failed";
/// The daemon is ending and takes no new work.
pub const SHUTTING_DOWN: &str = "shutting-down";
/// The opening was applied to already, or is being applied to.
pub const ALREADY_APPLIED: &str = "already-applied";
/// The application is not at a stage where this can be done.
pub const WRONG_STAGE: &str = "wrong-stage";
/// The approval is not a valid signature over what waits.
pub const APPROVAL_REFUSED: &str = "approval-refused";
/// No key is pinned, or the key files do not fit together.
pub const KEY_FAULT: &str = "key-fault";
/// The kill switch is on.
pub const PAUSED: &str = "paused";
/// The portal's plugin does not know the form of this posting.
pub const NO_FORM: &str = "no-form";
/// The posting is closed.
pub const POSTING_CLOSED: &str = "posting-closed";
/// Chromium or chromedriver is missing, does not fit or does not start.
pub const BROWSER_FAILED: &str = "browser-failed";
/// A model server does not do what is asked of it.
pub const MODEL_FAILED: &str = "model-failed";
/// A fault of the program itself.
pub const BUG: &str = "bug";

const REASON: &str = "x-agent-reason";
const HINT: &str = "x-agent-hint-bin";

/// Longest message or hint sent, in bytes: HTTP/2 clients refuse large header lists.
const MAX_TEXT: usize = 3_000;

/// Makes a status that carries a reason and a hint; an empty hint is left out.
pub fn status(code: Code, reason: &'static str, message: impl AsRef<str>, hint: &str) -> Status {
    let mut status = Status::new(code, cut(message.as_ref()));
    let metadata = status.metadata_mut();
    metadata.insert(REASON, MetadataValue::from_static(reason));
    if !hint.is_empty() {
        let hint = BinaryMetadataValue::from_bytes(cut(hint).as_bytes());
        metadata.insert_bin(HINT, hint);
    }
    status
}

/// Reads the reason and hint of a status, each empty when it carries none.
pub fn read(status: &Status) -> (String, String) {
    let metadata = status.metadata();
    let reason = metadata.get(REASON).and_then(|value| value.to_str().ok());
    let hint = metadata
        .get_bin(HINT)
        .and_then(|value| value.to_bytes().ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (
        reason.unwrap_or_default().to_owned(),
        hint.unwrap_or_default(),
    )
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_TEXT))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_gives_back_its_reason_and_hint() {
        let status = status(
            Code::NotFound,
            UNKNOWN_ID,
            "no job has the id ab12",
            "tippe „agentctl jobs list“\nthen choose a row",
        );
        assert_eq!(
            read(&status),
            (
                UNKNOWN_ID.to_owned(),
                "tippe „agentctl jobs list“\nthen choose a row".to_owned()
            )
        );
    }

    #[test]
    fn a_status_of_another_program_has_neither() {
        let plain = Status::new(Code::Internal, "oh");
        assert_eq!(read(&plain), (String::new(), String::new()));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = "é".repeat(MAX_TEXT);
        let status = status(Code::Internal, BUG, &long, &long);
        assert_eq!(status.message().len(), MAX_TEXT);
        assert!(read(&status).1.len() <= MAX_TEXT);
    }
}
