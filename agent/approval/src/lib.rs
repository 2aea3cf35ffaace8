//! What a person approves, and the proof that they did.
//!
//! A [`Manifest`] says everything that will be sent: the form as it was read and
//! filled ([`FormSnapshot`]), the files, and the ordered [`Release`]s. Its digest
//! is taken over the very bytes that are stored and shown. An [`Approval`] is
//! the person's signature over that digest. No I/O here, no clock and no
//! randomness: callers pass time and random bytes in.
#![deny(missing_docs)]

mod approval;
mod compare;
mod digest;
mod key;
mod key_file;
mod manifest;
mod review;
mod rotation;
mod snapshot;
mod wire;

pub use approval::{Approval, ApprovalError, KeyId, Lifetime, Purpose, SignedApproval};
pub use digest::{HexError, ManifestDigest, Nonce, Sha256};
pub use key::{KeyError, PublicKey, SecretKey};
pub use key_file::SealBytes;
pub use manifest::{Manifest, ManifestError, PluginRef, Release, ReleaseKind};
pub use review::ReviewField;
pub use rotation::{KeyChain, Rotation, RotationError, SignedRotation};
pub use snapshot::{
    Action, Difference, Field, FieldKind, FileRef, FormSnapshot, Pinned, Source, Value,
};
pub use wire::{
    MIN_PROTECTED, Place, ProtectedValue, SentAs, WireBody, WireCheck, WireRefusal, WireRequest,
};
